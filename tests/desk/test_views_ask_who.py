"""No view reads a table past the question who may see it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("organisation", "papers", "programme", "indicators", "remisser", "desk", "trace")
# Registers that are open to everybody who is signed in.
OPEN = {
    "Namnd", "Period", "Programme", "Goal", "GoalLink", "Precondition", "Activity", "Indicator",
}  # fmt: skip
# Before there is anybody to ask about: which demo accounts the sign-in page offers. And one's own
# second factors, which a view filters by the person.
EXCEPT = {
    ("organisation/views/sign_in.py", "User"),
    ("organisation/views/account.py", "Authenticator"),
}
VIEWS = sorted(path for app in APPS for path in (ROOT / app / "views").glob("*.py"))


def readings(tree: ast.AST) -> list[tuple[str, str, int]]:
    """(model, what is first asked of its manager, line) for each `Model.objects.…` in the file."""
    found = []
    for node in ast.walk(tree):
        manager = node.value if isinstance(node, ast.Attribute) else None
        if (
            isinstance(manager, ast.Attribute)
            and manager.attr in {"objects", "_default_manager", "_base_manager"}
            and isinstance(manager.value, ast.Name)
        ):
            found.append((manager.value.id, node.attr, node.lineno))
    return found


def shortcuts(tree: ast.AST) -> list[tuple[str, int]]:
    """(model, line) of get_object_or_404(Model, …): a reading of the whole table."""
    return [
        (node.args[0].id, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"get_object_or_404", "get_list_or_404"}
        and isinstance(node.args[0], ast.Name)
    ]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_view_asks_visible_to_or_inside_first(path: Path):
    name, tree = str(path.relative_to(ROOT)), ast.parse(path.read_text())
    past = [
        f"{name}:{line} {model}.objects.{asked}"
        for model, asked, line in readings(tree)
        if asked not in {"visible_to", "inside"}
        and model not in OPEN
        and (name, model) not in EXCEPT
    ]
    past += [f"{name}:{line} {m}" for m, line in shortcuts(tree) if m not in OPEN]
    assert past == []


def test_the_check_sees_what_it_looks_for():
    tree = ast.parse("def f(u):\n  Report.objects.all()\n  get_object_or_404(Paper, pk=1)\n")
    assert readings(tree) == [("Report", "all", 2)]
    assert shortcuts(tree) == [("Paper", 3)]
    assert len(VIEWS) > 10
