package org.agnesi.emit;

import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.kernel.Program;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmissionTest {
    @TempDir private Path folder;

    private static Program program(Expr y, Expr x) {
        return Schedule.of(List.of(x), Pipeline.of(Strictness.STRICT).lower(List.of(y))).programs().getFirst();
    }

    private List<Path> files(String end) throws IOException {
        try (var files = Files.list(folder.resolve("new"))) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    @Test void classesAreWrittenWithTheirPrograms() throws Exception {
        var v = dvector("v");
        var emission = new Emission(folder.resolve("new"));
        for (var program : List.of(program(exp(v), v), program(sum(v), v), program(exp(v), v))) {
            var bytes = new Emitter(program, false, false).bytes();
            assertThat(bytes).isNotNull();
            emission.define(bytes, program);
        }
        assertThat(files(".class")).hasSize(2).allSatisfy(file -> {
            var methods = ClassFile.of().parse(file).methods().stream().map(method -> method.methodName().stringValue());
            assertThat(methods).contains("run", "part");
            assertThat(file.getFileName().toString()).matches("Emitted-[0-9a-f]{8}\\.class");
            var text = file.resolveSibling(file.getFileName().toString().replace(".class", ".txt"));
            assertThat(Files.readString(text)).isIn(program(exp(v), v).toString(), program(sum(v), v).toString());
        });
        assertThat(files(".txt")).hasSize(2);
    }

    @Test void codeRunsWhereItCannotBeWritten() throws Exception {
        var v = dvector("v");
        var program = program(exp(v), v);
        var bytes = new Emitter(program, false, false).bytes();
        var defined = new Emission(Files.writeString(folder.resolve("file"), "no folder")).define(bytes, program);
        assertThat(defined.lookupClass()).hasPackage("org.agnesi.emit").matches(Class::isHidden);
    }
}
