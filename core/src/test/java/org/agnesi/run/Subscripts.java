package org.agnesi.run;

import static org.agnesi.Tensors.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.symbolic.Expr;

/// What an einsum of two operands, `ij,jk->ik`, asks of them: variables, labels, and sizes drawn for these.
final class Subscripts {
    private Subscripts() {}

    /// Variables of unknown sizes.
    static List<Expr> operands(String subscripts, DType dtype) {
        return IntStream.range(0, 2).<Expr>mapToObj(k -> {
            var dims = new int[labels(subscripts, k).length()];
            Arrays.fill(dims, -1);
            return tensor(k == 0 ? "a" : "b", dtype, dims);
        }).toList();
    }

    static String labels(String subscripts, int operand) { return List.of(subscripts.split(",|->")).get(operand); }

    /// A size for each label, such that there are not too many products.
    static Map<Integer, Integer> sizes(String subscripts, int[] among, Random random) {
        var sizes = new HashMap<Integer, Integer>();
        long all = 1;
        for (int label : subscripts.chars().filter(Character::isLetter).distinct().toArray()) {
            int size = among[random.nextInt(among.length)];
            if (all * size > 100_000) size = 1 + random.nextInt(3);
            sizes.put(label, size);
            all *= size;
        }
        return sizes;
    }

    static int[] dims(String subscripts, int operand, Map<Integer, Integer> sizes) {
        return labels(subscripts, operand).chars().map(sizes::get).toArray();
    }
}
