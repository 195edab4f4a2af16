package org.sluice.gateway.log;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A row on its way into the database. Belongs to the drainer.
 *
 * @param values by {@link Column#ordinal()}, as JDBC takes them
 * @param request stored form, or null
 * @param response stored form, or null
 */
record LogRow(UUID id, Object[] values, Content request, Content response) {
    /**
     * What is stored of one side.
     *
     * @param isDeflated zlib, else as it is
     * @param isFrames the frames of a stream, else one JSON document
     */
    record Content(byte[] bytes, boolean isDeflated, boolean isFrames) {}

    private static final List<Column> NEEDED = List.of(Column.ORGANIZATION, Column.ENVIRONMENT, Column.STATUS, Column.OUTCOME, Column.LOG_TYPE);

    Object get(Column column) {
        return values[column.ordinal()];
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
