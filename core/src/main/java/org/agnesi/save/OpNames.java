package org.agnesi.save;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.agnesi.derive.Derivative;
import org.agnesi.error.FileError;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.OpProvider;

/// Ops by the names they have in files: the library's records in camelCase (`dimShuffle`), users' as their [OpProvider] says.
final class OpNames {
    private static final List<String> PACKAGES = List.of(Variable.class.getPackageName() + ".", Derivative.class.getPackageName() + ".");

    private final Map<String, Class<? extends Op>> provided = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    OpNames() {
        for (var provider : ServiceLoader.load(OpProvider.class))
            provider.ops().forEach((name, op) -> {
                provided.put(name, op);
                names.put(op, name);
            });
    }

    String name(Op op) {
        var type = op.getClass();
        var given = names.get(type);
        if (given != null) return given;
        var simple = type.getSimpleName();
        var name = simple.isEmpty() ? "" : Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
        if (type.isRecord() && PACKAGES.contains(type.getPackageName() + ".")) return name;
        throw new FileError("""
            the op %s cannot be saved: it has no name that other programs know
            Name it in an OpProvider, found by ServiceLoader.""".formatted(op.name()));
    }

    Class<? extends Op> op(String name) {
        var given = provided.get(name);
        if (given != null) return given;
        try {
            if (!name.matches("[a-z][A-Za-z0-9]*")) throw new ClassNotFoundException(name);
            var type = found(Character.toUpperCase(name.charAt(0)) + name.substring(1));
            if (type.isRecord() && Op.class.isAssignableFrom(type)) return type.asSubclass(Op.class);
            throw new ClassNotFoundException(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new FileError("""
                there is no op of the name %s
                Was the file written by a newer version, or is the module that has this op missing?""".formatted(Members.brief(name)), e);
        }
    }

    private static Class<?> found(String simple) throws ClassNotFoundException {
        var loader = Op.class.getClassLoader();
        try {
            return Class.forName(PACKAGES.getFirst() + simple, false, loader);
        } catch (ClassNotFoundException _) {
            return Class.forName(PACKAGES.getLast() + simple, false, loader);
        }
    }
}
