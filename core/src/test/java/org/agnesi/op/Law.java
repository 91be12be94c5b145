package org.agnesi.op;

import org.agnesi.array.DType;

/// Something that holds for every op, tried on one sample in one dtype.
enum Law {
    TRANSPOSE        { @Override void check(Trial trial) { DerivativeLaws.transpose(trial); } },
    DIFFERENCES      { @Override void check(Trial trial) { DerivativeLaws.differences(trial); } },
    SECOND_ORDER     { @Override void check(Trial trial) { DerivativeLaws.secondOrder(trial); } },
    TAYLOR           { @Override void check(Trial trial) { TaylorLaw.check(trial); } },
    SINGLE_PRECISION { @Override void check(Trial trial) { DerivativeLaws.singlePrecision(trial); } },
    SPARSITY         { @Override void check(Trial trial) { SparsityLaw.check(trial); } },
    BATCH            { @Override void check(Trial trial) { ValueLaws.batch(trial); } },
    LOWER            { @Override void check(Trial trial) { ValueLaws.lower(trial); } },
    EXPAND           { @Override void check(Trial trial) { ValueLaws.expand(trial); } },
    ALGEBRA          { @Override void check(Trial trial) { ValueLaws.algebra(trial); } },
    VALUES           { @Override void check(Trial trial) { ValueLaws.values(trial); } },
    OUTPUT_SHAPE     { @Override void check(Trial trial) { ValueLaws.outputShape(trial); } },
    KNOWN_SHAPE      { @Override void check(Trial trial) { ValueLaws.knownShape(trial); } },
    PRINTS           { @Override void check(Trial trial) { ValueLaws.prints(trial); } };

    abstract void check(Trial trial);

    /// How many random points it is tried at: values do not matter to shapes and prints.
    int points() { return this == SPARSITY || this == TAYLOR || this == OUTPUT_SHAPE || this == KNOWN_SHAPE || this == PRINTS || this == EXPAND ? 1 : 2; }

    boolean applies(Sample sample, DType dtype) {
        var except = sample.except();
        boolean derivative = dtype.isFloating() && !except.contains(Sample.Except.DERIVATIVE)
            && sample.inputs().stream().anyMatch(input -> input.isDifferentiated(dtype));
        boolean honest = derivative && !except.contains(Sample.Except.SURROGATE);
        return switch (this) {
            case TRANSPOSE -> derivative;
            case DIFFERENCES -> honest && dtype == DType.FLOAT64;
            case SECOND_ORDER -> honest && dtype == DType.FLOAT64 && !except.contains(Sample.Except.SECOND_ORDER);
            case SINGLE_PRECISION -> derivative && dtype == DType.FLOAT32 && !except.contains(Sample.Except.SINGLE_PRECISION);
            case TAYLOR -> derivative && dtype == DType.FLOAT64 && !except.contains(Sample.Except.SECOND_ORDER);
            case SPARSITY -> derivative && dtype == DType.FLOAT64;
            case BATCH -> !sample.inputs().isEmpty() && !except.contains(Sample.Except.BATCH);
            case KNOWN_SHAPE -> !except.contains(Sample.Except.KNOWN_SHAPE);
            case ALGEBRA -> dtype.isFloating();
            case LOWER, VALUES, EXPAND, OUTPUT_SHAPE, PRINTS -> true;
        };
    }
}
