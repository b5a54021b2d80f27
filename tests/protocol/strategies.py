"""Hypothesis strategies: any value of a message type, and any JSON."""

from typing import cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec import NODEFAULT, UNSET, Struct, inspect

from magnate.protocol.values import LARGEST

JSON_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)

ANY_JSON: SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | JSON_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(JSON_TEXT, inner, max_size=4),
    max_leaves=10,
)


def of_type(kind: inspect.Type) -> SearchStrategy[object]:
    """Return any value of an inspected type."""
    match kind:
        case inspect.Metadata(type=inner):
            return of_type(inner)
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType(ge=least, le=most):
            return st.integers(-LARGEST if least is None else least, LARGEST if most is None else most)
        case inspect.StrType():
            return JSON_TEXT
        case inspect.NoneType():
            return st.none()
        case inspect.EnumType(cls=enum):
            return st.sampled_from(list(enum))
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.CustomType():
            return st.booleans()
        case inspect.UnionType(types=types):
            return st.one_of([of_type(each) for each in types])
        case inspect.VarTupleType(item_type=item):
            return st.lists(of_type(item), max_size=3).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*[of_type(each) for each in items])
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(of_type(key), of_type(value), max_size=3)
        case inspect.StructType(cls=cls, fields=fields) | inspect.DataclassType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: of_field(field) for field in fields})
    raise NotImplementedError(kind)


def of_field(field: inspect.Field) -> SearchStrategy[object]:
    """Return any value of a field; one that may be absent is so at times."""
    values = of_type(field.type)
    optional = not field.required and field.default is NODEFAULT and field.default_factory is NODEFAULT
    return values | st.just(UNSET) if optional else values


def messages_of(kind: type[Struct]) -> SearchStrategy[Struct]:
    """Return any message of a class."""
    return cast("SearchStrategy[Struct]", of_type(inspect.type_info(kind)))
