package org.sluice.gateway.log;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A row on its way into the database. Belongs to the drainer's thread.
 *
 * @param values by {@link Column#ordinal()}, as JDBC takes them
 * @param request stored form, or null
 * @param response stored form, or null
 */
public record LogRow(UUID id, Object[] values, Content request, Content response) {
    /**
     * What is stored of one side.
     *
     * @param isDeflated zlib, else as it is
     * @param isFrames the frames of a stream, else one JSON document
     */
    public record Content(byte[] bytes, boolean isDeflated, boolean isFrames) {}

    private static final List<Column> NEEDED = List.of(Column.ORGANIZATION, Column.ENVIRONMENT, Column.STATUS, Column.OUTCOME, Column.LOG_TYPE);

    /** What JDBC takes: a String, Long, Integer, Boolean, OffsetDateTime, BigDecimal or Double by the column's kind, or null. */
    public Object get(Column column) {
        return values[column.ordinal()];
    }

    /** Of a text; null when there is none. */
    public String text(Column column) {
        return (String) get(column);
    }

    /** Of a number; 0 when there is none. */
    public long number(Column column) {
        return get(column) instanceof Number number ? number.longValue() : 0;
    }

    /** USD; zero when it is not known. */
    public BigDecimal cost() {
        return get(Column.COST) instanceof BigDecimal cost ? cost : BigDecimal.ZERO;
    }

    boolean hasContent() {
        return request != null || response != null;
    }

    /** The row without content and, the second time, without any text that the caller chose. */
    LogRow degraded(boolean isAgain) {
        Object[] kept = values.clone();
        if (isAgain) {
            for (Column column : Column.values()) {
                boolean isText = column.kind == Column.Kind.TEXT || column.kind == Column.Kind.JSON || column.kind == Column.Kind.DECIMAL;
                if (isText && !NEEDED.contains(column)) {
                    kept[column.ordinal()] = null;
                }
            }
        }
        kept[Column.WARNINGS.ordinal()] = "[\"payload_degraded\"]";
        return new LogRow(id, kept, null, null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogRow row && row.id.equals(id) && Arrays.equals(row.values, values);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "LogRow[" + id + "]";
    }
}
