package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.agnesi.array.DType;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Relation;

/// What a vector of some lanes of one dtype is: its class, its species, and the calls on it. No source names a vector class:
/// the module they are in is not always there.
record Lane(DType dtype, int lanes) {
    private static final String PACKAGE = "jdk.incubator.vector";
    static final ClassDesc VECTOR = ClassDesc.of(PACKAGE, "Vector");
    static final ClassDesc MASK = ClassDesc.of(PACKAGE, "VectorMask");
    private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE, "VectorSpecies");
    private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE, "VectorOperators");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");

    Lane {
        if (dtype.bytes() < 4) throw new IllegalArgumentException("vectors have lanes of 32 or 64 bits, but got " + dtype);
    }

    /// The same number of lanes of another dtype.
    Lane of(DType other) { return new Lane(other, lanes); }

    ClassDesc type() {
        return ClassDesc.of(PACKAGE, switch (dtype) {
            case FLOAT64 -> "DoubleVector";
            case FLOAT32 -> "FloatVector";
            case INT64 -> "LongVector";
            case INT32 -> "IntVector";
            case BOOL, INT8, UINT8, INT16 -> throw new IllegalStateException("no vectors of " + dtype);
        });
    }

    private ClassDesc element() { return Jvm.desc(dtype.carrier()); }

    void species(CodeBuilder code) { code.getstatic(type(), "SPECIES_" + lanes * dtype.bytes() * 8, SPECIES); }

    /// All lanes are one value, which `value` puts on the stack.
    void broadcast(CodeBuilder code, Runnable value) {
        species(code);
        value.run();
        code.invokestatic(type(), "broadcast", Jvm.method(type(), SPECIES, element()));
    }

    /// The lanes from a place on; the array and the place are on the stack, above the species.
    void load(CodeBuilder code) {
        code.invokestatic(type(), "fromArray", Jvm.method(type(), SPECIES, element().arrayType(), ConstantDescs.CD_int));
    }

    /// Stores the vector under the array and the place that are on the stack.
    void store(CodeBuilder code) {
        code.invokevirtual(type(), "intoArray", Jvm.method(ConstantDescs.CD_void, element().arrayType(), ConstantDescs.CD_int));
    }

    /// A method of two vectors, such as `add`.
    void two(CodeBuilder code, String name) { code.invokevirtual(type(), name, Jvm.method(type(), VECTOR)); }

    /// Two vectors combined lane by lane.
    void combine(CodeBuilder code, Combine combine) {
        two(code, switch (combine) {
            case ADD -> "add";
            case MUL -> "mul";
            case MAX -> "max";
            case MIN -> "min";
            case AND, OR -> throw new IllegalStateException("floats are added, multiplied or compared, but got " + combine);
        });
    }

    /// A method of one vector, such as `sqrt`.
    void one(CodeBuilder code, String name) { code.invokevirtual(type(), name, Jvm.method(type())); }

    void fma(CodeBuilder code) { code.invokevirtual(type(), "fma", Jvm.method(type(), VECTOR, VECTOR)); }

    /// An operator of two integer vectors; the operator goes between them.
    void lanewise(CodeBuilder code, String operator, boolean isAssociative, Runnable second) {
        code.getstatic(OPERATORS, operator, isAssociative ? OPERATORS.nested("Associative") : BINARY);
        second.run();
        code.invokevirtual(type(), "lanewise", Jvm.method(type(), BINARY, VECTOR));
    }

    void compare(CodeBuilder code, Relation relation, Runnable second) {
        var comparison = OPERATORS.nested("Comparison");
        code.getstatic(OPERATORS, relation.name(), comparison);
        second.run();
        code.invokevirtual(type(), "compare", Jvm.method(MASK, comparison, VECTOR));
    }

    /// The first vector, but where the mask is set the second.
    void blend(CodeBuilder code) { code.invokevirtual(type(), "blend", Jvm.method(type(), VECTOR, MASK)); }

    /// The vector's lanes converted to another dtype.
    void convert(CodeBuilder code, Lane to) {
        code.getstatic(OPERATORS, letter() + "2" + to.letter(), OPERATORS.nested("Conversion"));
        to.species(code);
        code.iconst_0().invokevirtual(type(), "convertShape",
            Jvm.method(VECTOR, OPERATORS.nested("Conversion"), SPECIES, ConstantDescs.CD_int));
        code.checkcast(to.type());
    }

    private String letter() { return dtype.carrier().descriptorString().replace("J", "L"); }

    /// The vector's bits as lanes of another dtype of the same width.
    void reinterpret(CodeBuilder code, Lane to) {
        var name = "reinterpretAs" + switch (to.dtype) {
            case FLOAT64 -> "Doubles";
            case FLOAT32 -> "Floats";
            case INT64 -> "Longs";
            case INT32 -> "Ints";
            case BOOL, INT8, UINT8, INT16 -> throw new IllegalStateException("no vectors of " + to.dtype);
        };
        code.invokevirtual(type(), name, Jvm.method(to.type()));
    }

    /// 0, 1, 2 … added to the lanes.
    void addIndex(CodeBuilder code) { code.iconst_1().invokevirtual(type(), "addIndex", Jvm.method(type(), ConstantDescs.CD_int)); }

    // masks

    /// A mask whose lanes are all one bool, which `value` puts on the stack.
    void maskAll(CodeBuilder code, Runnable value) {
        species(code);
        value.run();
        code.invokeinterface(SPECIES, "maskAll", Jvm.method(MASK, ConstantDescs.CD_boolean));
    }

    void castMask(CodeBuilder code) {
        species(code);
        code.invokevirtual(MASK, "cast", Jvm.method(MASK, SPECIES));
    }

    /// A mask from bools; the array and the place are on the stack, above the species.
    static void loadMask(CodeBuilder code) {
        code.invokestatic(MASK, "fromArray", Jvm.method(MASK, SPECIES, ConstantDescs.CD_boolean.arrayType(), ConstantDescs.CD_int));
    }

    static void storeMask(CodeBuilder code) {
        code.invokevirtual(MASK, "intoArray",
            Jvm.method(ConstantDescs.CD_void, ConstantDescs.CD_boolean.arrayType(), ConstantDescs.CD_int));
    }

    static void maskTwo(CodeBuilder code, String name) { code.invokevirtual(MASK, name, Jvm.method(MASK, MASK)); }

    static void maskNot(CodeBuilder code) { code.invokevirtual(MASK, "not", Jvm.method(MASK)); }

    static void anyTrue(CodeBuilder code) { code.invokevirtual(MASK, "anyTrue", Jvm.method(ConstantDescs.CD_boolean)); }
}
