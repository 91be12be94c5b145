package org.agnesi;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.agnesi.error.BindError;

/// An implementation of an interface that only the user can see: a hidden class beside the user's own, in the user's name.
///
/// ```
/// final class Bound implements I { R method(P… p) { return HANDLE.invokeExact(p…); } }
/// ```
final class BoundClass {
    private static final DynamicConstantDesc<MethodHandle> HANDLE = DynamicConstantDesc.ofNamed(
        ConstantDescs.ofConstantBootstrap(CD_MethodHandles, "classData", CD_Object), DEFAULT_NAME, CD_MethodHandle);

    private BoundClass() {}

    static Object make(Class<?> type, List<Method> methods, MethodHandle target, Lookup lookup) {
        try {
            var made = lookup.defineHiddenClassWithClassData(bytes(type, methods, target.type(), lookup), target, true);
            return made.findConstructor(made.lookupClass(), MethodType.methodType(void.class)).invoke();
        } catch (IllegalAccessException | IllegalAccessError e) {
            throw new BindError("""
                bind needs a lookup that sees %s, but got that of %s
                Call MethodHandles.lookup() in a class of the interface's package.""".formatted(type.getName(), lookup));
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("bind " + type, e);
        }
    }

    private static byte[] bytes(Class<?> type, List<Method> methods, MethodType handle, Lookup lookup) {
        var name = ClassDesc.of(lookup.lookupClass().getPackageName(), "Bound");
        return ClassFile.of().build(name, made -> {
            made.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC).withInterfaceSymbols(type.describeConstable().orElseThrow());
            made.withMethodBody(INIT_NAME, MTD_void, 0, code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
            for (var method : methods) method(made, method, handle);
        });
    }

    private static void method(ClassBuilder made, Method method, MethodType handle) {
        var own = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        made.withMethodBody(method.getName(), own.describeConstable().orElseThrow(), ClassFile.ACC_PUBLIC, code -> {
            code.ldc(HANDLE);
            for (int i = 0; i < own.parameterCount(); i++) argument(code, i, own.parameterType(i), handle.parameterType(i));
            code.invokevirtual(CD_MethodHandle, "invokeExact", desc(handle));
            code.return_(TypeKind.from(own.returnType()));
        });
    }

    /// Loads a parameter, cast where the method overrides one of wider types.
    private static void argument(CodeBuilder code, int i, Class<?> own, Class<?> wanted) {
        code.loadLocal(TypeKind.from(own), code.parameterSlot(i));
        if (own != wanted) code.checkcast(wanted.describeConstable().orElseThrow());
    }

    private static MethodTypeDesc desc(MethodType type) { return type.describeConstable().orElseThrow(); }
}
