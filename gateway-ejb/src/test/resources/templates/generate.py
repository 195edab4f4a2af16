#!/usr/bin/env python3
"""Writes the expectations of the differential tests: what Jinja2 renders, in one JSON file a subject beside this script.

    pip install jinja2==3.1.6 && python3 generate.py

Every case is a template and its variables; Jinja2's default Environment (no autoescape, no extensions) renders it once. Variables
that all cases of a file share stand at its top. A case
that fails there keeps the class of the error. Numbers of JSON become Python's int or float, as they do for Jinja2's users.
"""

import json
import pathlib
import platform
import sys

import jinja2

sys.dont_write_bytecode = True
import cases  # noqa: E402

HERE = pathlib.Path(__file__).parent


def outcome(environment, template, variables):
    try:
        return {"expected": environment.from_string(template).render(json.loads(json.dumps(variables)))}
    except Exception as error:  # noqa: BLE001 - whatever Jinja2 or Python raises is the expectation
        return {"error": type(error).__name__}


def main():
    environment = jinja2.Environment(autoescape=False)
    total = 0
    for subject, entries in cases.CASES.items():
        pairs = [entry if isinstance(entry, tuple) else (entry, {}) for entry in entries]
        shared = pairs[0][1] if all(variables == pairs[0][1] for _, variables in pairs) else {}
        rendered = []
        for template, variables in pairs:
            own = {} if variables == shared else {"variables": variables}
            rendered.append({"template": template, **own, **outcome(environment, template, variables)})
        total += len(rendered)
        document = {"jinja2": jinja2.__version__, "python": platform.python_version(), "variables": shared, "cases": rendered}
        (HERE / f"{subject}.json").write_text(json.dumps(document, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
    print(f"{total} cases", file=sys.stderr)


main()
