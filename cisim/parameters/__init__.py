"""The parameter registry: declared once, everything else derived."""

from cisim.parameters.parameter import Parameter, Value
from cisim.parameters.registry import REGISTRY, Parameters, get, lookup, replace, validate

__all__ = ["REGISTRY", "Parameter", "Parameters", "Value", "get", "lookup", "replace", "validate"]
