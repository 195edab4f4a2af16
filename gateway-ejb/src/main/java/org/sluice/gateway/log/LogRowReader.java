package org.sluice.gateway.log;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.journal.FieldReader;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.log.LogRow.Content;
import org.sluice.gateway.provider.Operation;

/** Reads journal fields as a row: cuts texts to their columns, derives what the record does not say, compresses content. For one thread. */
final class LogRowReader {
    private static final char NUL = 0;
    private static final char NUL_SHOWN = '\u2400';
    private final String node;
    private final StreamAssembly streams;
    private final Compression compression = new Compression();

    LogRowReader(String node, StreamAssembly streams) {
        this.node = node;
        this.streams = streams;
    }

    LogRow readEnd(UUID id, byte[] payload) {
        Reading reading = new Reading(payload);
        return reading.row(id);
    }

    /**
     * The row of a call that began and never ended. What it cost is not known: of its usage only the input is, as an
     * estimate, unless an earlier version wrote the record.
     */
    LogRow readCrashed(UUID id, byte[] startPayload, Instant endedAt) {
        Reading reading = new Reading(startPayload);
        reading.set(Column.ENDED_AT, endedAt.atOffset(ZoneOffset.UTC));
        reading.set(Column.STATUS_CODE, 500);
        reading.set(Column.OUTCOME, Outcome.CRASHED.wireName());
        reading.set(Column.ERROR_CODE, "crashed");
        reading.set(Column.ERROR_MESSAGE, "The gateway stopped before the call ended.");
        boolean isEstimated = reading.get(Column.PROMPT_TOKENS) != null;
        reading.set(Column.USAGE_SOURCE, isEstimated ? "estimated" : "none");
        reading.warnIf(isEstimated, "output_not_counted");
        reading.set(Column.ATTEMPTS, reading.crashedAttempt());
        return reading.row(id);
    }

    /** One payload being read. */
    private final class Reading {
        private final Object[] values = new Object[Column.values().length];
        private final List<String> warnings = new ArrayList<>(0);
        private byte[] request;
        private byte[] response;
        private boolean isFrames;

        Reading(byte[] payload) {
            FieldReader fields = new FieldReader(payload);
            while (fields.next()) {
                Column column = Column.ofTag(fields.tag());
                if (column != null) {
                    set(column, value(column, fields));
                } else {
                    content(fields);
                }
            }
        }

        private void content(FieldReader fields) {
            switch (fields.tag()) {
                case Column.REQUEST -> request = fields.bytes();
                case Column.RESPONSE -> response = fields.bytes();
                case Column.RESPONSE_FRAMES -> unpack(fields.flag());
                case Column.REQUEST_CUT -> warnIf(fields.flag(), "request_truncated");
                case Column.RESPONSE_CUT -> warnIf(fields.flag(), "response_truncated");
                default -> { /* a later version's field */ }
            }
        }

        private void unpack(boolean isPacked) {
            if (isPacked) {
                isFrames = true;
                response = CapturedFrames.unpack(response);
            }
        }

        void set(Column column, Object value) {
            values[column.ordinal()] = value;
        }

        private Object value(Column column, FieldReader fields) {
            return switch (column.kind) {
                case TEXT -> text(fields.text(), column);
                case JSON -> json(fields.text(), column);
                case NUMBER -> fields.number();
                case INTEGER -> (int) fields.number();
                case FLAG -> fields.flag();
                case INSTANT -> instant(fields.number());
                case DECIMAL -> new BigDecimal(fields.text());
                case SECONDS -> fields.number() / 1e9;
            };
        }

        private String text(String text, Column column) {
            String clean = withoutNul(text);
            if (clean.length() <= column.limit) {
                return clean;
            }
            int end = Character.isHighSurrogate(clean.charAt(column.limit - 1)) ? column.limit - 1 : column.limit;
            return clean.substring(0, end);
        }

        private String json(String text, Column column) {
            if (text.length() > column.limit) {
                warnings.add(column.sqlName() + "_dropped");
                return null;
            }
            return withoutNul(text);
        }

        private String withoutNul(String text) {
            if (text.indexOf(NUL) < 0) {
                return text;
            }
            warnings.add("nul_replaced");
            return text.replace(NUL, NUL_SHOWN);
        }

        LogRow row(UUID id) {
            derive();
            if (isFrames && response != null) {
                byte[] whole = streams.assemble((String) get(Column.DIALECT), response);
                response = whole == null ? response : whole;
                isFrames = whole == null;
            }
            return new LogRow(id, values, stored(request, false), stored(response, isFrames));
        }

        private void derive() {
            for (Column column : Column.values()) {
                if (column.kind == Column.Kind.FLAG && get(column) == null) {
                    set(column, false);
                }
            }
            String outcome = (String) get(Column.OUTCOME);
            boolean isHit = Outcome.CACHE_HIT.wireName().equals(outcome);
            set(Column.CACHE_HIT, isHit);
            set(Column.STATUS, isHit || Outcome.OK.wireName().equals(outcome) ? "success" : "error");
            set(Column.NODE, node);
            if (get(Column.LOG_TYPE) == null) {
                set(Column.LOG_TYPE, Operation.CHAT.logType()); // a record of a version that knew no other type
            }
            set(Column.MODEL, firstOf(Column.RESPONSE_MODEL, Column.UPSTREAM_MODEL, Column.REQUEST_MODEL));
            set(Column.THREAD_IDENTIFIER, threadIdentifier());
            if (get(Column.COMPLETION_TOKENS) instanceof Long completion && get(Column.PROMPT_TOKENS) instanceof Long prompt) {
                set(Column.TOTAL_TOKENS, prompt + completion);
                if (get(Column.LATENCY) instanceof Double latency && latency > 0) {
                    set(Column.TOKENS_PER_SECOND, completion / latency);
                }
            }
            if (!warnings.isEmpty()) {
                set(Column.WARNINGS, warnings((String) get(Column.WARNINGS)));
            }
        }

        private Object firstOf(Column... columns) {
            for (Column column : columns) {
                if (get(column) instanceof String text && !text.isEmpty()) {
                    return text;
                }
            }
            return null;
        }

        private String threadIdentifier() {
            String fields = (String) get(Column.OBSERVABILITY);
            if (fields == null || !fields.contains("thread_identifier")) {
                return null;
            }
            try {
                String found = JsonReader.readObject(fields.getBytes(java.nio.charset.StandardCharsets.UTF_8)).text("thread_identifier");
                return found == null ? null : text(found, Column.THREAD_IDENTIFIER);
            } catch (GatewayException e) {
                return null;
            }
        }

        private String warnings(String already) {
            JsonWriter json = new JsonWriter().beginArray();
            if (already != null && already.length() > 2) {
                json.literal(already.substring(1, already.length() - 1));
            }
            warnings.stream().distinct().forEach(json::value);
            return json.endArray().toText();
        }

        private String crashedAttempt() {
            JsonWriter json = new JsonWriter();
            AttemptWriter.write(json, List.of(new AttemptRecord(1, (String) get(Column.DEPLOYMENT_NAME), "P2", 0, "crashed", 0, null, true)));
            return json.toText();
        }

        private Object get(Column column) {
            return values[column.ordinal()];
        }

        private void warnIf(boolean isSo, String warning) {
            if (isSo) {
                warnings.add(warning);
            }
        }
    }

    private Content stored(byte[] plain, boolean isFrames) {
        if (plain == null) {
            return null;
        }
        byte[] deflated = compression.deflate(plain);
        return deflated == null ? new Content(plain, false, isFrames) : new Content(deflated, true, isFrames);
    }

    private static OffsetDateTime instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L).atOffset(ZoneOffset.UTC);
    }
}
