package org.agnesi.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ColoringTest {
    private static Rows rows(List<TreeSet<Integer>> sets) {
        var pointers = new int[sets.size() + 1];
        var columns = new ArrayList<Integer>();
        for (int i = 0; i < sets.size(); i++) {
            columns.addAll(sets.get(i));
            pointers[i + 1] = columns.size();
        }
        return new Rows(pointers, columns.stream().mapToInt(c -> c).toArray());
    }

    private static List<TreeSet<Integer>> sets(int m) {
        var sets = new ArrayList<TreeSet<Integer>>();
        for (int i = 0; i < m; i++) sets.add(new TreeSet<>());
        return sets;
    }

    private static Rows random(int m, int n, double density, Random random) {
        var sets = sets(m);
        for (var set : sets) for (int j = 0; j < n; j++) if (random.nextDouble() < density) set.add(j);
        return rows(sets);
    }

    private static Rows symmetric(int n, double density, Random random) { return random(n, n, density / 2, random).symmetric(); }

    private static boolean has(Rows rows, int i, int j) {
        for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++) if (rows.columns()[p] == j) return true;
        return false;
    }

    private static Rows band(int n, int width) {
        var sets = sets(n);
        for (int i = 0; i < n; i++) for (int j = Math.max(0, i - width); j <= Math.min(n - 1, i + width); j++) sets.get(i).add(j);
        return rows(sets);
    }

    @RepeatedTest(20) void columnsOfOneColourMeetInNoRow(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        int m = random.nextInt(30), n = random.nextInt(30);
        var rows = random(m, n, random.nextDouble() / 2, random);
        var coloring = Coloring.columns(rows, rows.transposed(n));
        for (int i = 0; i < m; i++) {
            var seen = new TreeSet<Integer>();
            for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++) {
                int color = coloring.colors()[rows.columns()[p]];
                assertThat(color).isLessThan(coloring.count());
                assertThat(seen.add(color)).as("row %d, seed %d", i, run.getCurrentRepetition()).isTrue();
            }
        }
    }

    /// Random patterns with some long rows and long columns: each entry is alone where it is picked.
    @RepeatedTest(60) void entriesAreAloneInTheSweepTheyArePickedFrom(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        int m = 1 + random.nextInt(40), n = 1 + random.nextInt(40), longRows = random.nextInt(3), longColumns = random.nextInt(3);
        double density = random.nextDouble() / 8;
        var sets = sets(m);
        for (int i = 0; i < m; i++) for (int j = 0; j < n; j++)
            if (i % 13 < longRows && i < 26 || j % 11 < longColumns && j < 22 || random.nextDouble() < density) sets.get(i).add(j);
        var rows = rows(sets);
        var columns = rows.transposed(n);
        var found = Directions.fewest(rows, columns);
        assertThat(found.sweeps()).isLessThanOrEqualTo(Math.min(Coloring.columns(rows, columns).count(), Coloring.columns(columns, rows).count()));
        int[] forward = found.columns().colors(), reverse = found.rows().colors();
        for (int i = 0; i < m; i++) for (int j : sets.get(i)) {
            if (found.isByRow(i, j)) assertThat(isOnlyOne(columns, j, reverse, i, found.rows().count())).isTrue();
            else assertThat(isOnlyOne(rows, i, forward, j, found.columns().count())).isTrue();
        }
    }

    /// Whether of all that row `row` has, only `column` has its colour, one of so many.
    private static boolean isOnlyOne(Rows rows, int row, int[] colors, int column, int count) {
        int same = 0;
        for (int p = rows.pointers()[row]; p < rows.pointers()[row + 1]; p++) if (colors[rows.columns()[p]] == colors[column]) same++;
        return same == 1 && colors[column] >= 0 && colors[column] < count;
    }

    @Test void longRowsAndLongColumnsTakeASweepEach() {
        var sets = sets(1000);
        for (int i = 0; i < 1000; i++) {
            sets.get(i).addAll(List.of(0, 1, i));
            sets.get(0).add(i);
            sets.get(1).add(i);
        }
        var rows = rows(sets);
        assertThat(Directions.fewest(rows, rows.transposed(1000)).sweeps()).isEqualTo(5);
        assertThat(Coloring.columns(rows, rows.transposed(1000)).count()).isEqualTo(1000);
    }

    @RepeatedTest(20) void entriesOfASymmetricMatrixAreAloneInOneOfTwoPlaces(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var rows = symmetric(1 + random.nextInt(60), random.nextDouble() / 3, random);
        var colors = Coloring.symmetric(rows).colors();
        for (int i = 0; i < rows.count(); i++) for (int j = 0; j < rows.count(); j++) if (has(rows, i, j))
            assertThat(isAlone(rows, colors, i, j) || isAlone(rows, colors, j, i)).as("%d, %d, seed %d", i, j, run.getCurrentRepetition()).isTrue();
    }

    /// Whether no other column of row `i` has j's colour.
    private static boolean isAlone(Rows rows, int[] colors, int i, int j) {
        for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++)
            if (rows.columns()[p] != j && colors[rows.columns()[p]] == colors[j]) return false;
        return true;
    }

    @Test void aBandTakesItsWidth() {
        assertThat(Coloring.columns(band(1000, 2), band(1000, 2)).count()).isEqualTo(5);
        assertThat(Coloring.symmetric(band(1000, 1)).count()).isEqualTo(3);
    }

    @Test void anArrowTakesTwoColoursWhateverItsSize() {
        var sets = sets(100_000);
        for (int i = 0; i < sets.size(); i++) sets.get(i).addAll(List.of(0, i));
        var rows = rows(sets).symmetric();
        assertThat(Coloring.symmetric(rows).count()).isEqualTo(2);
    }

    @Test void aGridTakesFewMoreThanANeighbourhood() {
        int n = 60;
        var sets = sets(n * n);
        for (int i = 0; i < n * n; i++) {
            sets.get(i).add(i);
            if (i % n > 0) sets.get(i).add(i - 1);
            if (i % n < n - 1) sets.get(i).add(i + 1);
            if (i >= n) sets.get(i).add(i - n);
            if (i < n * n - n) sets.get(i).add(i + n);
        }
        assertThat(Coloring.columns(rows(sets), rows(sets)).count()).isBetween(5, 7);
    }

    @Test void theSetsUnionIsStoredOnce() {
        var sets = new IndexSets(6);
        int a = sets.union(IndexSets.single(1), IndexSets.single(4));
        int b = sets.union(IndexSets.single(4), IndexSets.single(1));
        assertThat(a).isEqualTo(b);
        assertThat(sets.union(a, IndexSets.single(4))).isEqualTo(a);
        assertThat(sets.union(a, IndexSets.EMPTY)).isEqualTo(a);
        var columns = new int[2];
        assertThat(sets.copy(a, columns, 0)).isEqualTo(2);
        assertThat(columns).containsExactly(1, 4);
    }

    @RepeatedTest(5) void manySetsUniteAsSetsDo(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var sets = new IndexSets(40);
        var known = new ArrayList<TreeSet<Integer>>(List.of(new TreeSet<>()));
        var numbers = new ArrayList<Integer>(List.of(IndexSets.EMPTY));
        for (int i = 0; i < 40; i++) {
            known.add(new TreeSet<>(List.of(i)));
            numbers.add(IndexSets.single(i));
        }
        for (int k = 0; k < 2000; k++) {
            int a = random.nextInt(known.size()), b = random.nextInt(known.size()), c = random.nextInt(Math.min(60, known.size()));
            var union = new TreeSet<>(known.get(a));
            union.addAll(known.get(b));
            union.addAll(known.get(c));
            int number = sets.union(new int[] {numbers.get(a), numbers.get(b), numbers.get(c)}, 0, 3);
            var columns = new int[sets.size(number)];
            sets.copy(number, columns, 0);
            assertThat(columns).containsExactly(union.stream().mapToInt(i -> i).toArray());
            if (known.contains(union)) assertThat(numbers.get(known.indexOf(union))).isEqualTo(number);
            else if (union.size() < 12) {
                known.add(union);
                numbers.add(number);
            }
        }
    }
}
