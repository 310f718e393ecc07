"""What members see and how they judge it (ODD: schedule 7 and 8; MODEL 3.7, 3.8, 4.3)."""

from cisim.core.jit import rule


@rule
def perceived(level: float, result: float, window: float, window_spacing: float, spacing: float) -> float:
    """E40. Result as perceived: a moving average over a window (months) that spacing lengthens (S1 §4.3.3)."""
    return level + (result - level) / max(1.0, window * (1.0 + window_spacing * spacing))


@rule
def promised(optimism: float, factor: float, result: float) -> float:
    """E182. Result promised: a fair one with the optimism of beginners, and what was believed of a partner (E115)."""
    return optimism * factor * result


@rule
def aspiration(level: float, seen: float, speed: float) -> float:
    """E41. Aspiration next month: it adapts to experience (Cyert & March 1963; Levinthal & March 1981)."""
    return level + speed * (seen - level)


@rule
def yardstick(aspired: float, promised: float, promise_weight: float) -> float:
    """E42. What results are held against: aspirations that adapt and a promise that does not (MODEL 3.5)."""
    return promise_weight * promised + (1.0 - promise_weight) * aspired


@rule
def appraisal_weight(weight: float, gazing: float, sequential: float, attended: float) -> float:
    """E43. Weight of the social result in the appraisal: under gazing it leans to the goal in focus."""
    return weight + gazing * sequential * (attended - weight)


@rule
def relative_gap(seen: float, expected: float) -> float:
    """E44. Result over expectation, less one (0 where nothing is expected)."""
    return seen / expected - 1.0 if expected > 0.0 else 0.0


@rule
def satisfaction(weight: float, social_gap: float, economic_gap: float, loss_aversion: float, floor: float) -> float:
    """E45. Satisfaction with both results: weighted gaps, shortfalls count `loss_aversion` times, never below floor."""
    social = social_gap if social_gap >= 0.0 else loss_aversion * social_gap
    economic = economic_gap if economic_gap >= 0.0 else loss_aversion * economic_gap
    return min(1.0, max(floor, weight * social + (1.0 - weight) * economic))


@rule
def is_satisfied(satisfaction: float) -> float:
    """E183. 1.0 if results meet what they are held against, else 0.0."""
    return 1.0 if satisfaction >= 0.0 else 0.0
