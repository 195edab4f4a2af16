package org.sluice.gateway.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Python's numbers: integers of any size up to a bound, floats, and booleans, which are 1 and 0. */
final class Numbers {
    /** What {@link #compare} says of NaN. */
    static final int UNORDERED = 2;

    private Numbers() { }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof BigInteger;
    }

    static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Boolean || value instanceof BigInteger;
    }

    static Object integer(BigInteger value) {
        if (value.bitLength() < 64) {
            return value.longValue();
        }
        if (value.bitLength() > TemplateLimits.INTEGER_BITS) {
            throw Failure.limit("an integer has more than " + TemplateLimits.INTEGER_BITS + " bits");
        }
        return value;
    }

    static BigInteger big(Object value) {
        return value instanceof BigInteger integer ? integer : BigInteger.valueOf(exact(value));
    }

    private static long exact(Object value) {
        return value instanceof Boolean flag ? flag ? 1 : 0 : (Long) value;
    }

    static double real(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        double real = value instanceof BigInteger integer ? integer.doubleValue() : exact(value);
        if (Double.isInfinite(real)) {
            throw Failure.value("int too large to convert to float");
        }
        return real;
    }

    /** An index, a width, a count: an integer that fits; anything else fails. */
    static int small(Object value, String what) {
        if (value instanceof Long number) {
            if (number != number.intValue()) {
                throw Failure.limit(what + " is too large");
            }
            return number.intValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof BigInteger) {
            throw Failure.limit(what + " is too large");
        }
        Values.defined(value);
        throw Failure.value(what + " must be an integer, not " + Values.type(value));
    }

    static int compare(Object left, Object right) {
        if (left instanceof Long one && right instanceof Long other) {
            return Long.compare(one, other);
        }
        if (left instanceof Double || right instanceof Double) {
            double one = left instanceof Double number ? number : big(left).doubleValue();
            double other = right instanceof Double number ? number : big(right).doubleValue();
            if (Double.isNaN(one) || Double.isNaN(other)) {
                return UNORDERED;
            }
            if (one == other && !Double.isInfinite(one) && Math.abs(one) >= 1L << 53) {
                return decimal(left).compareTo(decimal(right));
            }
            return one < other ? -1 : one > other ? 1 : 0;
        }
        return big(left).compareTo(big(right));
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(big(value));
    }

    static Object add(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            return real(left) + real(right);
        }
        if (left instanceof Long one && right instanceof Long other) {
            long sum = one + other;
            if (((one ^ sum) & (other ^ sum)) >= 0) {
                return sum;
            }
        }
        return integer(big(left).add(big(right)));
    }

    static Object subtract(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            return real(left) - real(right);
        }
        return integer(big(left).subtract(big(right)));
    }

    static Object multiply(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            return real(left) * real(right);
        }
        return integer(big(left).multiply(big(right)));
    }

    static Object divide(Object left, Object right) {
        checkDivisor(right, left instanceof Double || right instanceof Double ? "float division by zero" : "division by zero");
        if (left instanceof BigInteger || right instanceof BigInteger) {
            if (isInteger(left) && isInteger(right)) {
                double quotient = new BigDecimal(big(left)).divide(new BigDecimal(big(right)), new java.math.MathContext(40)).doubleValue();
                if (Double.isInfinite(quotient)) {
                    throw Failure.value("integer division result too large for a float");
                }
                return quotient;
            }
        }
        return real(left) / real(right);
    }

    static Object floorDivide(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            checkDivisor(right, "float floor division by zero");
            double dividend = real(left);
            double divisor = real(right);
            double quotient = (dividend - modulo(dividend, divisor)) / divisor;
            double floor = Math.floor(quotient);
            return quotient == 0 ? Math.copySign(0.0, dividend / divisor) : quotient - floor > 0.5 ? floor + 1 : floor;
        }
        checkDivisor(right, "integer division or modulo by zero");
        BigInteger[] parts = big(left).divideAndRemainder(big(right));
        boolean isBelow = parts[1].signum() != 0 && parts[1].signum() != big(right).signum();
        return integer(isBelow ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    static Object modulo(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            checkDivisor(right, "float modulo");
            return modulo(real(left), real(right));
        }
        checkDivisor(right, "integer modulo by zero");
        BigInteger rest = big(left).remainder(big(right));
        return integer(rest.signum() != 0 && rest.signum() != big(right).signum() ? rest.add(big(right)) : rest);
    }

    private static double modulo(double left, double right) {
        double rest = left % right;
        if (rest == 0) {
            return Math.copySign(0.0, right);
        }
        return rest < 0 != right < 0 ? rest + right : rest;
    }

    static Object power(Object left, Object right) {
        if (isInteger(left) && isInteger(right) && big(right).signum() >= 0) {
            BigInteger base = big(left);
            if (base.abs().compareTo(BigInteger.ONE) <= 0) {
                return big(right).signum() == 0 ? 1L : base.signum() < 0 && !big(right).testBit(0) ? 1L : base.longValue();
            }
            return power(base, big(right));
        }
        double base = real(left);
        double exponent = real(right);
        if (base == 0 && exponent < 0) {
            throw Failure.value("0.0 cannot be raised to a negative power");
        }
        double power = Math.pow(base, exponent);
        if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
            throw Failure.value("a negative number cannot be raised to a fractional power");
        }
        if (Double.isInfinite(power) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw Failure.value("the result of ** is too large");
        }
        return power;
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        BigInteger bits = exponent.multiply(BigInteger.valueOf(Math.max(1, base.abs().bitLength() - 1)));
        if (bits.bitLength() > 31 || bits.intValue() > TemplateLimits.INTEGER_BITS) {
            throw Failure.limit("an integer has more than " + TemplateLimits.INTEGER_BITS + " bits");
        }
        return integer(base.pow(exponent.intValue()));
    }

    private static void checkDivisor(Object divisor, String message) {
        if (divisor instanceof Double number ? number == 0 : big(divisor).signum() == 0) {
            throw Failure.value(message);
        }
    }

    /** Python's round: half to even, of the exact value. */
    static double round(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value) || digits > 330) {
            return value;
        }
        if (digits < -310) {
            return Math.copySign(0.0, value);
        }
        return Math.copySign(new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue(), value);
    }

    static Object round(BigInteger value, int digits) {
        if (digits >= 0) {
            return integer(value);
        }
        return digits < -400 ? (Object) 0L : integer(new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toBigInteger());
    }

    /** The integer part. */
    static Object truncated(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw Failure.value("cannot convert float " + (Double.isNaN(value) ? "NaN" : "infinity") + " to integer");
        }
        return Math.abs(value) < 1L << 62 ? (Object) (long) value : integer(new BigDecimal(value).toBigInteger());
    }
}
