"""The ladder: an app knows only those below it, and so does a layer inside an app."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

# Lowest first; apps in one line stand side by side and do not know each other.
LADDER = (
    ("core",),
    ("accounts",),
    ("workspaces",),
    ("activity",),
    ("notifications",),
    ("members",),
    ("networks",),
    ("policies",),
    ("strategies",),
    ("content_calendar",),
    ("measurement",),
    ("today", "reminders"),
    ("operations",),  # looks after what all the others do
    ("demo",),
)
RUNG = {app: rung for rung, line in enumerate(LADDER) for app in line}

# Inside an app, lowest first. A file or folder not named here is the app's own matter (answers,
# checks, registries): it belongs to the models' side and knows no forms, views or tasks.
LAYERS = (
    ("enums", "permissions"),
    ("models", "querysets"),
    ("services",),
    ("forms", "tasks"),
    ("views", "urls"),
)
LAYER = {name: layer for layer, line in enumerate(LAYERS) for name in line}
FORMS = LAYER["forms"]

# What Django and the registries find by its name, and the door for the apps above: these files stay
# at the top of an app that has packages.
FOUND_BY_NAME = (
    "access_conditions",
    "activity_types",
    "after_publishing",
    "apps",
    "channel_findings",
    "find_sources",
    "in_force",
    "milestone_facts",
    "navigation",
    "notices",
    "planned_drafts",
    "reassignment",
    "todos",
    "zone_changes",
)

# Apps that have packages, lowest first; those in one line do not know each other. No file of such
# an app stands outside of them.
PACKAGES = {
    "policies": (
        ("enums", "permissions"),
        ("domain", "rules"),
        ("models",),
        ("starters",),
        ("services",),
        ("forms", "presentation", *FOUND_BY_NAME),
        ("views", "templatetags"),
        ("urls",),
    ),
    "strategies": (
        ("enums", "permissions"),
        ("models",),
        ("domain",),
        ("starters",),
        ("services",),
        ("forms", "presentation", *FOUND_BY_NAME),
        ("formats",),
        ("views", "templatetags", "milestone_actions"),
        ("urls",),
    ),
    "content_calendar": (
        ("enums",),
        ("models",),
        ("domain",),
        ("balance",),
        ("findings",),
        ("services",),
        ("forms", "presentation", "milestone_actions", *FOUND_BY_NAME),
        ("views",),
        ("urls",),
    ),
}


@dataclass(frozen=True)
class Import:
    """One import of a module of ours."""

    path: Path
    line: int
    module: str
    is_inside_function: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.module}"

    @property
    def app(self) -> str:
        return self.path.relative_to(ROOT).parts[0]

    @property
    def target_app(self) -> str:
        return self.module.partition(".")[0]


def sources(app: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def imports_of(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for module in _modules(node, path):
            if module.partition(".")[0] in RUNG:
                yield Import(path, node.lineno, module, id(node) in inside)  # type: ignore[attr-defined]


def _modules(node: ast.AST, path: Path) -> Iterator[str]:
    """Each imported name as a module: ``from strategies.services import rows`` names both."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = node.module or ""
        if node.level:
            parents = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
            package = ".".join([*parents, *filter(None, [node.module])])
        yield package
        yield from (f"{package}.{alias.name}" for alias in node.names)


def layer_of(name: str) -> int | None:
    """The layer of a file or folder: ``forms_review`` and ``urls_inside`` count as their kind."""
    return LAYER.get(name.partition("_")[0])


@pytest.fixture(scope="module")
def imports() -> list[Import]:
    return [
        one
        for app in RUNG
        if (ROOT / app).is_dir()
        for path in sources(app)
        for one in imports_of(path)
    ]


def test_every_app_of_ours_stands_on_the_ladder() -> None:
    assert set(settings.LOCAL_APPS) <= set(RUNG)


def test_apps_import_only_from_below(imports: list[Import]) -> None:
    wrong = [
        str(one)
        for one in imports
        if one.app != one.target_app and RUNG[one.target_app] >= RUNG[one.app]
    ]

    assert wrong == []


def test_models_relate_only_downwards() -> None:
    """A key written as a string escapes every test of imports."""
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=True):
            if field.auto_created or not field.is_relation or field.related_model is None:
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here in RUNG and there in RUNG and RUNG[there] > RUNG[here]:
                wrong.append(f"{model.__name__}.{field.name} points up to {there}")
            if here in RUNG and there in RUNG and here != there and RUNG[there] == RUNG[here]:
                wrong.append(f"{model.__name__}.{field.name} points sideways to {there}")

    assert wrong == []


def test_no_import_of_ours_hides_in_a_function(imports: list[Import]) -> None:
    """Only ``apps.py`` may: models are not there before ``ready()``."""
    hidden = [one for one in imports if one.is_inside_function and one.path.name != "apps.py"]

    assert [str(one) for one in hidden] == []


def test_layers_inside_an_app_import_only_downwards(imports: list[Import]) -> None:
    wrong = []
    for one in imports:
        parts = one.path.relative_to(ROOT / one.app).with_suffix("").parts
        target = one.module.split(".")[1:]
        if one.app != one.target_app or not target:
            continue
        here, there = layer_of(parts[0]), layer_of(target[0])
        if here is not None and there is not None and there > here:
            wrong.append(str(one))

    assert wrong == []


def test_every_file_of_an_app_with_packages_stands_in_one() -> None:
    outside = [
        str(path.relative_to(ROOT))
        for app, lines in PACKAGES.items()
        for path in sources(app)
        if path.relative_to(ROOT / app).with_suffix("").parts[0]
        not in {"__init__", *sum(lines, ())}
    ]

    assert outside == []


def test_packages_of_an_app_import_only_from_below(imports: list[Import]) -> None:
    wrong = []
    for one in imports:
        rank = {
            name: place for place, line in enumerate(PACKAGES.get(one.app, ())) for name in line
        }
        here = one.path.relative_to(ROOT / one.app).with_suffix("").parts[0]
        there = (one.module.split(".")[1:2] or [""])[0]
        if one.app != one.target_app or not {here, there} <= set(rank) or here == there:
            continue
        if rank[there] >= rank[here]:
            wrong.append(str(one))

    assert wrong == []


def test_a_class_name_stands_once() -> None:
    """Django finds every ``Command`` by that name."""
    names: dict[str, list[str]] = {}
    for path in [path for app in (*RUNG, "scripts") for path in sources(app)]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                names.setdefault(node.name, []).append(str(path.relative_to(ROOT)))

    assert {name: paths for name, paths in names.items() if len(paths) > 1} == {}


def test_only_the_doors_know_forms_views_and_tasks(imports: list[Import]) -> None:
    """Checks, answers and registries are read by services, so they know nothing above these."""
    wrong = []
    doors = {
        "management",
        "apps",
        "admin",
        "notices",
        "templatetags",
        "context_processors",
        "adapter",
        "milestone_actions",
    }
    for one in imports:
        parts = one.path.relative_to(ROOT / one.app).with_suffix("").parts
        target = one.module.split(".")[1:]
        if one.app in {"core", "today"} or parts[0] in doors or layer_of(parts[0]) is not None:
            continue
        if one.app == one.target_app and target and (layer_of(target[0]) or 0) >= FORMS:
            wrong.append(str(one))

    assert wrong == []


def test_services_never_import_tasks(imports: list[Import]) -> None:
    wrong = [
        str(one)
        for one in imports
        if one.path.relative_to(ROOT / one.app).with_suffix("").parts[0] == "services"
        and "tasks" in one.module.split(".")
    ]

    assert wrong == []


def test_urls_of_an_app_are_known_to_no_code_of_ours(imports: list[Import]) -> None:
    wrong = [
        str(one)
        for one in imports
        if "urls" in {part.partition("_")[0] for part in one.module.split(".")[1:2]}
        and not one.path.relative_to(ROOT / one.app).parts[0].startswith("urls")
    ]

    assert wrong == []


# What an app shows of itself to the apps above; all other files of it are its own matter.
DOORS = {
    "policies": {"rules", "services", "models", "enums", "urls"},
    "strategies": {"in_force", "services", "models", "enums", "urls"},
}

# What may go past a door, and why.
PAST_THE_DOOR = {
    ("demo", "strategies.starters"): "the demo's answers are drafts of the same kind as starters'",
    ("demo", "strategies.domain.periods"): "its periods have the months that people are offered",
    ("demo", "strategies.domain.questionnaire"): "a draft names the kind of its row by code",
    ("demo", "strategies.domain.row_kind"): "a draft becomes a row of such a kind",
    (
        "demo",
        "strategies.domain.roadmap",
    ): "its figures were read on the days that were planned",
}


@pytest.fixture(scope="module")
def past_the_doors(imports: list[Import]) -> dict[tuple[str, str], list[str]]:
    """Who imports what that stands behind a door: (app, module) with the places."""
    project = [one for path in sources("strategy_planner") for one in imports_of(path)]
    found: dict[tuple[str, str], list[str]] = {}
    for one in [*imports, *project]:
        app, *inside = one.module.split(".")
        if app in DOORS and app != one.app and inside and inside[0] not in DOORS[app]:
            depth = 2 if inside[0] in {"domain", "presentation"} else 1
            if len(inside) >= depth:
                behind = ".".join([app, *inside[:depth]])
                found.setdefault((one.app, behind), []).append(str(one))
    return found


def test_apps_are_read_through_their_doors(
    past_the_doors: dict[tuple[str, str], list[str]],
) -> None:
    wrong = [places for key, places in past_the_doors.items() if key not in PAST_THE_DOOR]

    assert wrong == []


def test_exceptions_to_doors_are_needed(
    past_the_doors: dict[tuple[str, str], list[str]],
) -> None:
    assert set(PAST_THE_DOOR) - set(past_the_doors) == set()


# What writes rows, and what writes the log.
WRITES = {
    ".bulk_create",
    ".bulk_update",
    ".create",
    ".get_or_create",
    ".save",
    ".set",
    ".update",
    ".update_or_create",
}
LOG = {"log", "record"}


def services() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every public function of a ``services`` file or folder."""
    for app in RUNG:
        for path in sources(app) if (ROOT / app).is_dir() else ():
            if path.relative_to(ROOT / app).with_suffix("").parts[0] == "services":
                for node in ast.parse(path.read_text(encoding="utf-8")).body:
                    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                        yield path, node


def called(node: ast.AST) -> list[str]:
    """The names of what is called below ``node``: functions as they are, methods as ``.save``."""
    functions = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    return [
        f".{function.attr}" if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        for function in functions
    ]


def test_a_service_that_writes_twice_or_leaves_a_record_is_one_transaction() -> None:
    """All of it is there or nothing: the record of a deed stands or falls with the deed."""
    wrong, right = [], 0
    for path, function in services():
        names = called(function)
        leaves_a_record = any(name.lstrip("_").split("_")[0] in LOG for name in names)
        writes = sum(name in WRITES for name in names)
        is_atomic = "transaction.atomic" in map(ast.unparse, function.decorator_list)
        if (leaves_a_record or writes > 1) and not is_atomic:
            wrong.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}")
        right += is_atomic

    assert wrong == []
    assert right > 30  # the rule finds what it is about
