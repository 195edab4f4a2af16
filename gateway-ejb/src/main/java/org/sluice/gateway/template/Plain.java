package org.sluice.gateway.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables as the engine's own values: None, Boolean, Long, BigInteger, Double, String, List, Map. Lists and maps are
 * copied, so that nothing of the caller's is reachable; any other class is refused, unseen.
 */
final class Plain {
    private Plain() { }

    static Object of(Object value, Budget budget) {
        return of(value, budget, 0);
    }

    private static Object of(Object value, Budget budget, int depth) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigInteger integer) {
            return Numbers.integer(integer);
        }
        if (depth >= TemplateLimits.VALUE_DEPTH) {
            throw Failure.limit("a variable is nested deeper than " + TemplateLimits.VALUE_DEPTH + " levels");
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(Math.min(list.size(), TemplateLimits.VALUES));
            for (Object item : list) {
                budget.value();
                copy.add(of(item, budget, depth + 1));
            }
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                budget.value();
                if (!(entry.getKey() instanceof String)) {
                    throw Failure.value("a variable holds an object with a name that is not text");
                }
                copy.put(entry.getKey(), of(entry.getValue(), budget, depth + 1));
            }
            return copy;
        }
        throw Failure.value("a variable holds something that is not text, a number, true, false, null, a list or an object");
    }
}
