package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.template.Operation.Operator;

/** What the arithmetic operators do to numbers, text and lists. */
final class Calculation {
    private Calculation() { }

    static Object of(Operator operator, Object left, Object right, Budget budget) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return switch (operator) {
                case ADD -> Numbers.add(left, right);
                case SUBTRACT -> Numbers.subtract(left, right);
                case MULTIPLY -> Numbers.multiply(left, right);
                case DIVIDE -> Numbers.divide(left, right);
                case FLOOR_DIVIDE -> Numbers.floorDivide(left, right);
                case MODULO -> Numbers.modulo(left, right);
                default -> Numbers.power(left, right);
            };
        }
        if (operator == Operator.MODULO && left instanceof String format) {
            return PercentFormat.format(format, right, budget);
        }
        Values.defined(left);
        Values.defined(right);
        if (operator == Operator.ADD && left instanceof String one && right instanceof String other) {
            budget.text((long) one.length() + other.length());
            return one.concat(other);
        }
        if (operator == Operator.ADD && left instanceof List<?> one && right instanceof List<?> other
                && !(left instanceof Range) && Values.type(left).equals(Values.type(right))) {
            budget.steps((long) one.size() + other.size());
            List<Object> sum = new ArrayList<>(one.size() + other.size());
            sum.addAll(one);
            sum.addAll(other);
            return like(left, sum);
        }
        if (operator == Operator.MULTIPLY && Numbers.isInteger(right) && isRepeatable(left)) {
            return repeated(left, right, budget);
        }
        if (operator == Operator.MULTIPLY && Numbers.isInteger(left) && isRepeatable(right)) {
            return repeated(right, left, budget);
        }
        throw Failure.value("unsupported operand type(s) for " + operator.sign + ": '" + Values.type(left) + "' and '" + Values.type(right) + "'");
    }

    private static boolean isRepeatable(Object value) {
        return value instanceof String || value instanceof List && !(value instanceof Range);
    }

    private static Object like(Object model, List<Object> items) {
        return model instanceof Tuple ? new Tuple(items.toArray()) : items;
    }

    private static Object repeated(Object value, Object times, Budget budget) {
        int count = Math.max(0, Numbers.small(times, "the number of repetitions"));
        if (value instanceof String text) {
            budget.text((long) text.length() * count);
            return text.repeat(count);
        }
        List<?> items = (List<?>) value;
        budget.steps((long) items.size() * count);
        List<Object> all = new ArrayList<>(items.size() * count);
        for (int i = 0; i < count && !items.isEmpty(); i++) {
            all.addAll(items);
        }
        return like(value, all);
    }
}
