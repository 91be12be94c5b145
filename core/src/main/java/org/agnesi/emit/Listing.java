package org.agnesi.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A class as people read it: its methods, and which of them each calls.
final class Listing {
    private Listing() {}

    static String of(byte[] bytes) {
        var type = ClassFile.of().parse(bytes);
        var interfaces = type.interfaces().stream().map(one -> one.asSymbol().displayName()).collect(Collectors.joining(", "));
        var methods = type.methods().stream().filter(method -> !method.methodName().equalsString(ConstantDescs.INIT_NAME));
        return "class " + type.thisClass().asSymbol().displayName() + " implements " + interfaces + "\n"
            + methods.map(method -> of(method, type)).collect(Collectors.joining());
    }

    private static String of(MethodModel method, ClassModel type) {
        var desc = method.methodTypeSymbol();
        var parameters = desc.parameterList().stream().map(ClassDesc::displayName).collect(Collectors.joining(", "));
        var calls = method.code().stream().flatMap(code -> code.elementStream())
            .flatMap(element -> called(element, type)).distinct().toList();
        return "    %s %s(%s)%s\n".formatted(desc.returnType().displayName(), method.methodName(), parameters,
            calls.isEmpty() ? "" : " calls " + String.join(", ", calls));
    }

    private static Stream<String> called(CodeElement element, ClassModel type) {
        return element instanceof InvokeInstruction call && call.owner().equals(type.thisClass())
            ? Stream.of(call.name().stringValue()) : Stream.empty();
    }
}
