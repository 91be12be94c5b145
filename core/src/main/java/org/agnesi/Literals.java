package org.agnesi;

import java.util.List;

/// Arithmetic between numbers written in a formula, as Python does it: `1/3` and `2**-1` are fractions, `7//2` is 3.
///
/// Integers are 64 bits; a result that needs more becomes a float.
final class Literals {
    private Literals() {}

    /// The integer or float written `text`.
    static Number parse(String text) {
        var digits = text.replace("_", "");
        if (!digits.chars().allMatch(Character::isDigit)) return Double.parseDouble(digits);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {   // over 64 bits
            return Double.parseDouble(digits);
        }
    }

    static boolean areNumbers(Object a, Object b) { return a instanceof Number && b instanceof Number; }

    static boolean isInteger(Object value) { return value instanceof Long; }

    static Number negate(Number a) { return isInteger(a) ? integer("-", 0, a.longValue()) : -a.doubleValue(); }

    /// `a sign b` for `+ - * / // % **`; ArithmeticException for a divisor that is 0.
    static Number fold(String sign, Number a, Number b) {
        if (List.of("/", "//", "%").contains(sign) && b.doubleValue() == 0) throw new ArithmeticException("division by zero");
        boolean stays = isInteger(a) && isInteger(b) && !sign.equals("/") && !(sign.equals("**") && b.longValue() < 0);
        return stays ? integer(sign, a.longValue(), b.longValue()) : floating(sign, a.doubleValue(), b.doubleValue());
    }

    private static Number integer(String sign, long a, long b) {
        try {
            return switch (sign) {
                case "+"  -> Math.addExact(a, b);
                case "-"  -> Math.subtractExact(a, b);
                case "*"  -> Math.multiplyExact(a, b);
                case "//" -> Math.floorDivExact(a, b);
                case "%"  -> Math.floorMod(a, b);
                default   -> Math.powExact(a, Math.toIntExact(b));
            };
        } catch (ArithmeticException _) {   // over 64 bits
            return floating(sign, a, b);
        }
    }

    private static double floating(String sign, double a, double b) {
        return switch (sign) {
            case "+"  -> a + b;
            case "-"  -> a - b;
            case "*"  -> a * b;
            case "/"  -> a / b;
            case "//" -> Math.floor(a / b);
            case "%"  -> a - b * Math.floor(a / b);
            default   -> Math.pow(a, b);
        };
    }
}
