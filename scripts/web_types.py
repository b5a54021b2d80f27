"""Write the types of all messages for the page, from the AsyncAPI document.

`python -m scripts.web_types` writes them; `--check` writes nothing and exits with 1 if they are not current.
"""

import sys
from collections.abc import Mapping
from typing import Any, Final

import yaml

from magnate.web import STATIC
from scripts.protocol_docs import DOCS

PAGE: Final = STATIC / "types" / "protocol.d.ts"
HEAD: Final = "// Made from docs/asyncapi.yaml by `python -m scripts.web_types`; do not edit.\n"
PLAIN: Final = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}


def main(arguments: list[str]) -> int:
    """Write the types, or with `--check` compare them."""
    document = yaml.safe_load((DOCS / "asyncapi.yaml").read_text(encoding="utf-8"))
    current = text_of(document["components"]["schemas"])
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.web_types", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def text_of(schemas: Mapping[str, Any]) -> str:
    """Return the module of all types."""
    return HEAD + "".join(
        [f"\n{_comment(each)}export type {name} = {_type(each)};\n" for name, each in schemas.items()]
    )


def _comment(schema: Mapping[str, Any], indent: str = "") -> str:
    told = schema.get("description")
    return "" if told is None else f"{indent}/** {' '.join(told.split())} */\n"


def _type(schema: Mapping[str, Any], indent: str = "") -> str:
    """Return a schema as a TypeScript type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join([f'"{value}"' if isinstance(value, str) else str(value) for value in schema["enum"]])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys([_type(each, indent) for each in schema["anyOf"]]))
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join([_type(each, indent) for each in schema['prefixItems']])}]"
        case "array":
            return f"({_type(schema.get('items') or {}, indent)})[]"
        case "object" if "properties" in schema:
            return _object(schema, indent)
        case "object":
            return f"Record<string, {_type(schema.get('additionalProperties') or {}, indent)}>"
        case str(plain):
            return PLAIN[plain]
    return "unknown"


def _object(schema: Mapping[str, Any], indent: str) -> str:
    inner = f"{indent}  "
    required = schema.get("required", ())
    lines = [
        f"{_comment(each, inner)}{inner}{name}{'' if name in required else '?'}: {_type(each, inner)};\n"
        for name, each in schema["properties"].items()
    ]
    return f"{{\n{''.join(lines)}{indent}}}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
