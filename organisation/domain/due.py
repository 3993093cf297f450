"""How far it is to a day, in Swedish words."""

DAYS_IN_A_MONTH, DAYS_IN_A_YEAR = 30, 365
COUNTED_IN_DAYS, COUNTED_IN_MONTHS = 60, 730


def days_text(days: int) -> str:
    """How long is left until a due date `days` ahead (negative: behind), in Swedish.

    What is long past is said in months, and then in years: nobody reads 1 972 days.
    """
    if days == 0:
        return "sista dagen är i dag"
    if -days > COUNTED_IN_MONTHS:
        return f"över {-days // DAYS_IN_A_YEAR} år sen"
    if -days > COUNTED_IN_DAYS:
        return f"över {-days // DAYS_IN_A_MONTH} månader sen"
    unit = "dag" if abs(days) == 1 else "dagar"
    return f"{days} {unit} kvar" if days > 0 else f"{-days} {unit} sen"
