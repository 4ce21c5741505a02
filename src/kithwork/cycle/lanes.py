"""Numbers of people side by side in the vectors of the processor, and steps written out for Numba.

A step decorated with `unrolled` reads as for one person and counts for LANES people at once. No branch depends on a
person; what is missing has weight 0. Python runs its body once, while Numba compiles the loop over days or weeks that
calls it: its own loops over items leave one long line of instructions, and what it holds in a variable or a list stays
in the processor. In such a body an array of lanes is `Rows`, a day or a week is a `Whole`, and of a tuple of plain
numbers only the length is meant. Numbers written in the code take the precision of the lane.

References
----------
Lam, Pitrou & Seibert (2015), Numba: a LLVM-based Python JIT compiler.
"""

from collections.abc import Callable
from importlib.resources import files
from inspect import Parameter, Signature, signature
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 16
# Sums may be fused with products, and nothing else is rearranged: one machine gives the same bits every time.
# Not even a division may become a product: whether it does hangs on how a loop is unrolled, and so on the longest
# diary beside.
FAST = ("contract", "nsz")
CACHE_LINE = 64

# Numba's cache sees that a function has changed, but not what it calls. As the default of an argument this is part of a
# compiled function's name, so that no cache outlives the code.
KERNELS = ("chance", "lanes", "lane_chance", "kernel", "kernel_level", "kernel_ahead", "compiled")
SOURCES = crc32(b"".join((files("kithwork.cycle") / f"{name}.py").read_bytes() for name in KERNELS))

# Bits of the root of a half, places of the mantissa, and what is added to an exponent, by width.
MARKS = {32: (0x3F3504F3, 23, 127), 64: (0x3FE6A09E667F3BCD, 52, 1023)}


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a loop of steps, as part of those that call it."""
    return njit(error_model="numpy")(function)


def whole_kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls, and keep it on disk; its last argument has to be SOURCES."""
    return njit(cache=True, nogil=True, error_model="numpy")(function)


def unrolled(body: Callable[..., None]) -> Any:
    """Write a step out where it is called; it gives nothing back."""

    def typing(_context: Any, *kinds: Any) -> Any:
        def code(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            body(*(_seen(context, builder, kind, one) for kind, one in zip(sig.args, args, strict=True)))
            return context.get_dummy_value()

        return types.none(*kinds), code

    named = Parameter("typingctx", Parameter.POSITIONAL_OR_KEYWORD)
    typing.__signature__ = Signature([named, *signature(body).parameters.values()])  # type: ignore[attr-defined]
    typing.__name__ = body.__name__
    return intrinsic(typing)


def _seen(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """What a step sees of an argument."""
    if isinstance(kind, types.BaseTuple):
        kinds: Any = kind
        parts = cgutils.unpack_tuple(builder, value, len(kinds))
        return tuple(_seen(context, builder, each, part) for each, part in zip(kinds, parts, strict=True))
    if isinstance(kind, types.Array):
        data = context.make_array(kind)(context, builder, value).data
        return Rows(builder, builder.bitcast(data, ir.VectorType(data.type.pointee, LANES).as_pointer()))
    return Whole(builder, context.cast(builder, value, kind, types.intp))


def room(count: int, dtype: Any) -> npt.NDArray[Any]:
    """Make an array of `count` lanes of 0 that starts on a cache line: shape (count, LANES)."""
    lanes: npt.NDArray[Any] = rooms(1, count, dtype)[0]
    return lanes


def rooms(batches: int, count: int, dtype: Any) -> npt.NDArray[Any]:
    """Make room for `count` lanes in each of some batches: shape (batches, count, LANES)."""
    kind = np.dtype(dtype)
    size = batches * count * LANES * kind.itemsize
    raw = np.zeros(size + CACHE_LINE, dtype=np.uint8)
    start = -raw.__array_interface__["data"][0] % CACHE_LINE
    lanes: npt.NDArray[Any] = raw[start : start + size].view(kind)
    return lanes.reshape(batches, count, LANES)


def _sign(floats: str, whole: str, *, turned: bool = False) -> "Callable[[Number, Any], Number]":
    """What a sign between two lanes writes, or between a lane and a number for everybody."""

    def act(self: "Number", other: Any) -> "Number":
        both = (self._same(other), self.vector) if turned else (self.vector, self._same(other))
        if self.is_whole:
            return Number(self.builder, getattr(self.builder, whole)(*both))
        return Number(self.builder, getattr(self.builder, floats)(*both, flags=FAST))

    return act


class Number:
    """One lane in the processor: LANES floats, or whole numbers without a sign."""

    __slots__ = ("builder", "vector")

    def __init__(self, builder: Any, vector: Any) -> None:
        self.builder = builder
        self.vector = vector

    __add__ = _sign("fadd", "add")
    __sub__ = _sign("fsub", "sub")
    __mul__ = _sign("fmul", "mul")
    __truediv__ = _sign("fdiv", "")
    __radd__ = _sign("fadd", "add")
    __rsub__ = _sign("fsub", "sub", turned=True)
    __rmul__ = _sign("fmul", "mul")
    __rtruediv__ = _sign("fdiv", "", turned=True)
    __xor__ = _sign("", "xor")
    __or__ = _sign("", "or_")
    __and__ = _sign("", "and_")
    __lshift__ = _sign("", "shl")
    __rshift__ = _sign("", "lshr")

    @property
    def is_whole(self) -> bool:
        """Whether these are whole numbers."""
        return isinstance(self.vector.type.element, ir.IntType)

    def _same(self, other: Any) -> Any:
        return other.vector if isinstance(other, Number) else _all(self.vector.type, other)


class Whole:
    """A whole number that is known only later, such as a day."""

    __slots__ = ("builder", "value")

    def __init__(self, builder: Any, value: Any) -> None:
        self.builder = builder
        self.value = value

    def __add__(self, other: "Whole | int") -> "Whole":
        return Whole(self.builder, self.builder.add(self.value, self._same(other)))

    def __mul__(self, other: "Whole | int") -> "Whole":
        return Whole(self.builder, self.builder.mul(self.value, self._same(other)))

    def _same(self, other: "Whole | int") -> Any:
        return other.value if isinstance(other, Whole) else ir.Constant(self.value.type, other)


class Rows:
    """Lanes one after another in memory: ``rows[3]`` reads one, ``rows[3] = total`` writes one."""

    __slots__ = ("apart", "builder", "place")

    def __init__(self, builder: Any, place: Any, apart: int = 1) -> None:
        self.builder = builder
        self.place = place
        self.apart = apart

    def at(self, start: Whole | int) -> "Rows":
        """Give the same lanes, counted from `start`."""
        return Rows(self.builder, self._lane(start), self.apart)

    def half(self, which: int) -> "Rows":
        """Give the first or second half of each lane: of fewer people the processor can hold more at once."""
        kind = self.place.type.pointee
        narrow = ir.VectorType(kind.element, kind.count // 2).as_pointer()
        start = self.builder.gep(self.builder.bitcast(self.place, narrow), [ir.IntType(64)(which)])
        return Rows(self.builder, start, self.apart * 2)

    def all(self, number: Any) -> Number:
        """Give a lane in which everybody has the same number."""
        kind = self.place.type.pointee
        if not isinstance(number, Whole):
            return Number(self.builder, _all(kind, number))
        one = self.builder.trunc(number.value, kind.element)
        first = self.builder.insert_element(ir.Constant(kind, ir.Undefined), one, ir.IntType(32)(0))
        nowhere = _all(ir.VectorType(ir.IntType(32), kind.count), 0)
        return Number(self.builder, self.builder.shuffle_vector(first, first, nowhere))

    def __getitem__(self, at: int) -> Number:
        return Number(self.builder, self.builder.load(self._lane(at), align=self._alignment()))

    def __setitem__(self, at: int, value: Any) -> None:
        lane = value.vector if isinstance(value, Number) else _all(self.place.type.pointee, value)
        self.builder.store(lane, self._lane(at), align=self._alignment())

    def _lane(self, at: Whole | int) -> Any:
        on = at * self.apart
        return self.builder.gep(self.place, [on.value if isinstance(on, Whole) else ir.IntType(64)(on)])

    def _alignment(self) -> int:
        return _bits(self.place.type.pointee) // 8


def half_of(rows: Any, which: int) -> Any:
    """Give a half of all rows in a tuple of tuples."""
    return tuple(half_of(each, which) for each in rows) if isinstance(rows, tuple) else rows.half(which)


def _all(kind: Any, number: Any) -> Any:
    return ir.Constant(kind, [number] * kind.count)


def _of(element: Any, like: Any) -> Any:
    """A vector of other numbers, as long as that of `like`."""
    return ir.VectorType(element, like.vector.type.count)


def _bits(kind: Any) -> int:
    """How many bits one number of a lane has."""
    if isinstance(kind.element, ir.IntType):
        return int(kind.element.width)
    return 32 if isinstance(kind.element, ir.FloatType) else 64


def root(value: Number) -> Number:
    """Square roots."""
    kind = value.vector.type
    name = f"llvm.sqrt.v{kind.count}f{_bits(kind)}"
    function = cgutils.get_or_insert_function(value.builder.module, ir.FunctionType(kind, [kind]), name)
    return Number(value.builder, value.builder.call(function, [value.vector]))


def larger(one: Number, other: Any) -> Number:
    """The larger of two."""
    theirs = one._same(other)
    more = one.builder.fcmp_ordered(">", one.vector, theirs)
    return Number(one.builder, one.builder.select(more, one.vector, theirs))


def below(one: Number, other: Any) -> Number:
    """1 where the first is below the second, else 0."""
    kind = one.vector.type
    less = one.builder.fcmp_ordered("<", one.vector, one._same(other))
    return Number(one.builder, one.builder.select(less, _all(kind, 1.0), _all(kind, 0.0)))


def split(value: Number) -> tuple[Number, Number]:
    """Split positive numbers into ``mantissa * 2**power``: mantissas from the root of a half to the root of two."""
    build, floats = value.builder, value.vector.type
    mark, places, _ = MARKS[_bits(floats)]
    whole = _of(ir.IntType(_bits(floats)), value)
    bits = build.bitcast(value.vector, whole)
    power = build.ashr(build.sub(bits, _all(whole, mark)), _all(whole, places))
    left = build.sub(bits, build.shl(power, _all(whole, places)))
    return Number(build, build.bitcast(left, floats)), Number(build, build.sitofp(power, floats))


def two_to(power: Number) -> Number:
    """Two to the power of whole numbers that are given as floats."""
    build, floats = power.builder, power.vector.type
    _, places, added = MARKS[_bits(floats)]
    whole = _of(ir.IntType(_bits(floats)), power)
    up = build.add(build.fptosi(power.vector, whole), _all(whole, added))
    return Number(build, build.bitcast(build.shl(up, _all(whole, places)), floats))


def nearest(value: Number) -> Number:
    """The nearest whole numbers, as floats; exact below 2**31."""
    build, floats = value.builder, value.vector.type
    whole = _of(ir.IntType(_bits(floats)), value)
    below_0 = build.fcmp_ordered("<", value.vector, _all(floats, 0.0))
    half = build.select(below_0, _all(floats, -0.5), _all(floats, 0.5))
    return Number(build, build.sitofp(build.fptosi(build.fadd(value.vector, half), whole), floats))


def as_number(bits: Number, like: Rows) -> Number:
    """Whole numbers below 2**31 as floats, in the kind of `like`."""
    return Number(bits.builder, bits.builder.sitofp(bits.vector, _of(like.place.type.pointee.element, bits)))


def beside(one: Number, other: Number) -> Number:
    """Two lanes as one of twice the length."""
    places = ir.Constant(ir.VectorType(ir.IntType(32), 2 * LANES), list(range(2 * LANES)))
    return Number(one.builder, one.builder.shuffle_vector(one.vector, other.vector, places))


def parted(both: Number) -> tuple[Number, Number]:
    """The two lanes again."""
    kind = ir.VectorType(ir.IntType(32), LANES)
    places = [ir.Constant(kind, list(range(start, start + LANES))) for start in (0, LANES)]
    one, other = (both.builder.shuffle_vector(both.vector, both.vector, at) for at in places)
    return Number(both.builder, one), Number(both.builder, other)
