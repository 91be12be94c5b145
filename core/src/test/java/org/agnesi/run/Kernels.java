package org.agnesi.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Storage;

/// Small programs for tests, and their runs on arrays.
final class Kernels {
    static final Local I = new Local(0, DType.INT64);
    /// Several threads, also for loops that are too short to be worth it.
    static final Backend THREADS = Backend.parallel(new Workers(3, 0));
    static final List<Backend> BACKENDS = Stream.concat(Backend.ALL.stream(), Stream.of(THREADS)).toList();

    private Kernels() {}

    /// `y[i] = body(inputs at i)` over vectors.
    static Program pointwise(List<DType> in, UnaryOperator<List<Scalar>> bodies) {
        var loads = loads(in);
        var body = bodies.apply(loads).getFirst();
        var buffers = buffers(in);
        buffers.add(Storage.output("y", body.dtype(), 1));
        return new Program(buffers, new For(I, new Size(in.size(), 0), new Store(in.size(), I, body)));
    }

    /// `y = combine over i of body(x at i)` over one vector.
    static Program fold(DType in, Combine combine, UnaryOperator<Scalar> body) {
        var value = body.apply(loads(List.of(in)).getFirst());
        var sum = new Local(1, value.dtype());
        var fold = new Fold(List.of(new Stmt.Loop(I, new Size(0, 0))), Stmt.NOTHING, List.of(new Stmt.Accumulator(sum, combine, value)));
        var buffers = buffers(List.of(in));
        buffers.add(Storage.output("y", value.dtype(), 0));
        return new Program(buffers, Stmt.seq(fold, new Store(1, Scalar.constant(0L), sum)));
    }

    /// The output, which has the same bits whatever computes it.
    static NDArray run(Program program, Shape out, NDArray... in) {
        var y = run(new Kernel(program, Backend.POINTS), out, in);
        for (var backend : BACKENDS)
            assertThat(run(new Kernel(program, backend), out, in)).as("%s:\n%s", backend, program).isEqualTo(y);
        return y;
    }

    private static NDArray run(Kernel kernel, Shape out, NDArray... in) {
        var program = kernel.program();
        var y = NDArray.zeros(program.outputs().getFirst().dtype(), out);
        var arrays = new Object[in.length + 1];
        var dims = new int[in.length + 1][];
        for (int k = 0; k < in.length; k++) {
            arrays[k] = in[k].data();
            dims[k] = in[k].shape().dims();
        }
        arrays[in.length] = y.data();
        dims[in.length] = out.dims();
        kernel.run(arrays, dims);
        return y;
    }

    private static List<Scalar> loads(List<DType> in) {
        var loads = new ArrayList<Scalar>();
        for (int k = 0; k < in.size(); k++) loads.add(new Load(k, in.get(k), I));
        return loads;
    }

    private static List<Storage> buffers(List<DType> in) {
        var buffers = new ArrayList<Storage>();
        for (int k = 0; k < in.size(); k++) buffers.add(Storage.input("x" + k, in.get(k), 1));
        return buffers;
    }
}
