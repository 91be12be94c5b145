package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Scalar.Local;

/// A method for some neighbouring points of a loop.
///
/// ```
/// static void vectors(Object[] arrays, int[][] dims, Lanes lanes, int chunk, captured …, int from, int to, int first)
/// ```
record PartMethod(String name, List<Local> captured) {
    /// What has such a method.
    interface Written {
        PartMethod method();

        void write(Emitter emitter, ClassBuilder type);
    }

    /// Its statements, by the variables of its last three parameters.
    interface Body {
        void write(MethodCode method, int from, int to, int first);
    }

    /// Calls it for the points between the values of two variables.
    void call(MethodCode method, int from, int to, int first) {
        method.parameters();
        for (var local : captured) {
            var variable = method.variable(local);
            method.code.loadLocal(variable.kind(), variable.slot());
        }
        method.code.iload(from).iload(to).iload(first).invokestatic(method.emitter.self, name, type(method.emitter));
    }

    private MethodTypeDesc type(Emitter emitter) {
        var parameters = new ArrayList<ClassDesc>(List.of(Jvm.OBJECTS, Jvm.DIMS, Jvm.LANES, ConstantDescs.CD_int));
        for (var local : captured) parameters.add(Jvm.type(emitter.kind(local)));
        parameters.addAll(List.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    void write(Emitter emitter, ClassBuilder type, Body body) {
        type.withMethodBody(name, type(emitter), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
            var method = new MethodCode(code, emitter, 0);
            int k = 4;
            for (var local : captured) method.parameter(local, code.parameterSlot(k++));
            if (emitter.simd) Turns.write(emitter, code, code.parameterSlot(k), code.parameterSlot(k + 1));
            body.write(method, code.parameterSlot(k), code.parameterSlot(k + 1), code.parameterSlot(k + 2));
            code.return_();
        });
    }
}
