"""Tables and text as LaTeX: booktabs, every special character escaped."""

import pandas as pd

#: What LaTeX would misread, and letters that not every engine has.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\N{MINUS SIGN}": r"$-$",
    "\N{MULTIPLICATION SIGN}": r"$\times$",
    "\N{EN DASH}": "--",
    "\N{NO-BREAK SPACE}": "~",
    "\N{INFINITY}": r"$\infty$",
}


def escape(text: str) -> str:
    """Text that LaTeX sets as it stands."""
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def latex_table(table: pd.DataFrame, name: str, caption: str) -> str:
    r"""Table with booktabs rules, caption above and the label ``tab:name``; needs ``\usepackage{booktabs,graphicx}``.

    A table wider than the text is scaled down to it.
    """
    style = table.reset_index(drop=True).style.format(_cell).format_index(_cell, axis=1).hide(axis="index")
    body = style.to_latex(hrules=True, column_format=f"@{{}}{'l' * len(table.columns)}@{{}}").rstrip()
    return "\n".join(
        [
            r"\begin{table}",
            rf"\caption{{{escape(caption)}}}",
            rf"\label{{tab:{name}}}",
            r"\centering\footnotesize",
            r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
            body + "}",
            r"\end{table}",
            "",
        ]
    )


def _cell(value: object) -> str:
    return escape(str(value))
