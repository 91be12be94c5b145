package org.agnesi.compile;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Bits;
import org.agnesi.kernel.Scalar.Cast;
import org.agnesi.kernel.Scalar.Compare;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Fma;
import org.agnesi.kernel.Scalar.Index;
import org.agnesi.kernel.Scalar.Input;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Scalar.Select;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Scalar.Unary;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmts;

/// About how many bytes of the JVM's code statements without loops are, rather too many than too few.
final class CodeLength {
    /// What takes a number of its own: variables above 255, constants of a class; and what a test is.
    private static final int VARIABLE = 4, CONSTANT = 3, CALL = 3, TEST = 8, ARRAY = 3;

    private CodeLength() {}

    /// @param stmt placed already, so that its scalars are small trees
    static long of(Stmt stmt) { return Stmts.scalars(stmt).stream().mapToLong(x -> VARIABLE + of(x)).sum(); }

    private static long of(Scalar x) {
        long parts = Scalars.parts(x).stream().mapToLong(CodeLength::of).sum();
        return parts + switch (x) {
            case Const _ -> CONSTANT;
            case Local _, Size _ -> VARIABLE;
            case Binary(var f, _, _, _) -> switch (f) {
                case ADD, SUB, MUL, DIV, AND, OR, XOR, SHL, SHR, USHR -> 1;
                case POW, MAX, MIN, FLOOR_DIV, REM, MULTIPLY_HIGH, ATAN2, POW_FAR, ATAN2_FAR -> CALL;
            };
            case Unary _, Cast _, Fma _, Bits _ -> CALL;
            case Load _ -> ARRAY;
            case Compare _, Select _, Rare _ -> TEST;
            case At _, Index _, Input _ -> throw new IllegalArgumentException("a program's scalar is needed, but got " + x);
        };
    }
}
