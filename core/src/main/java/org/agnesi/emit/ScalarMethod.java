package org.agnesi.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Stmts;
import org.agnesi.kernel.Storage;
import org.jspecify.annotations.Nullable;

/// A program of numbers as one static method: parameters in, a result out, no array in between.
///
/// ```
/// static double apply(double x) { return 2.0 * x; }
/// ```
public final class ScalarMethod {
    private ScalarMethod() {}

    /// The method's handle: a parameter for each input in order, the first output as its result; null where the program has
    /// loops, arrays, or several outputs. A bool and a small integer are ints.
    public static @Nullable MethodHandle of(Program program) {
        boolean numbers = program.buffers().stream().allMatch(b -> b.role() != Storage.Role.SCRATCH && b.rank() == 0);
        if (!numbers || program.outputs().size() != 1 || !isStraight(program.body())) return null;
        return new Writer(program).written();
    }

    private static boolean isStraight(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> steps.stream().allMatch(ScalarMethod::isStraight);
            case Let _, Store _ -> true;
            case For _, Fold _, While _, If _, Assign _, Accumulate _, Check _ -> false;
        };
    }

    private static final class Writer {
        private final Program program;
        private final Emitter emitter;
        private final List<Local> parameters = new ArrayList<>();
        private final Local result;
        private final MethodType type;

        Writer(Program program) {
            this.program = program;
            emitter = new Emitter(program, false, false);
            for (var input : program.inputs()) parameters.add(new Local(emitter.fresh(), input.dtype()));
            result = new Local(emitter.fresh(), program.outputs().getFirst().dtype());
            type = MethodType.methodType(carrier(result), parameters.stream().<Class<?>>map(Writer::carrier).toList());
        }

        private static Class<?> carrier(Local local) {
            return switch (Jvm.kind(local.dtype())) {
                case DOUBLE -> double.class;
                case FLOAT -> float.class;
                case LONG -> long.class;
                case INT, BOOLEAN, BYTE, CHAR, SHORT, REFERENCE, VOID -> int.class;
            };
        }

        @Nullable MethodHandle written() {
            var bytes = ClassFile.of().build(ClassDesc.of(ScalarMethod.class.getPackageName(), "Emitted"), made -> {
                made.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                made.withMethodBody("apply", type.describeConstable().orElseThrow(), ClassFile.ACC_STATIC, this::body);
                emitter.functions.write(made);
            });
            if (Emitter.hasLonger(bytes, Emitter.HUGE)) return null;
            try {
                var lookup = Emission.HERE.define(bytes, program);
                return lookup.findStatic(lookup.lookupClass(), "apply", type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("an emitted class has its method", e);
            }
        }

        private void body(CodeBuilder code) {
            var method = new MethodCode(code, emitter, 0);
            for (int k = 0; k < parameters.size(); k++) method.parameter(parameters.get(k), code.parameterSlot(k));
            var statements = new StmtCode(method, false);
            flat(Stmts.map(program.body(), x -> Scalars.map(x, this::local), buffer -> buffer)).forEach(statements::emit);
            method.scalars.emit(result);
            code.return_(Jvm.kind(result.dtype()));
        }

        /// The only element of an input is a parameter.
        private Scalar local(Scalar x) { return x instanceof Load(var buffer, _, _) ? parameters.get(buffer) : x; }

        /// A store becomes the result.
        private List<Stmt> flat(Stmt stmt) {
            return switch (stmt) {
                case Seq(var steps) -> steps.stream().flatMap(step -> flat(step).stream()).toList();
                case Store(_, _, var value) -> List.of(new Let(result, value));
                case For _, Fold _, While _, If _, Let _, Assign _, Accumulate _, Check _ -> List.of(stmt);
            };
        }
    }
}
