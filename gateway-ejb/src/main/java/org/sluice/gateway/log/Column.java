package org.sluice.gateway.log;

import java.util.Locale;

/**
 * The columns of {@code request_log} after its key. The tag names the field in a journal record and never changes; a
 * column without tag (0) is derived when the record is drained.
 */
public enum Column {
    ORGANIZATION(1, Kind.TEXT, 64), ENVIRONMENT(2, Kind.TEXT, 8), KEY_ID(3, Kind.NUMBER), KEY_NAME(4, Kind.TEXT, 255),
    KEY_PREFIX(5, Kind.TEXT, 16), PATH(6, Kind.TEXT, 255), DIALECT(7, Kind.TEXT, 32), STARTED_AT(8, Kind.INSTANT),
    ENDED_AT(9, Kind.INSTANT), STATUS(0, Kind.TEXT, 16), STATUS_CODE(10, Kind.INTEGER), OUTCOME(11, Kind.TEXT, 24),
    ERROR_CODE(12, Kind.TEXT, 64), ERROR_MESSAGE(13, Kind.TEXT, 4000), WARNINGS(14, Kind.JSON),
    MODEL(0, Kind.TEXT, 255), REQUEST_MODEL(15, Kind.TEXT, 255), UPSTREAM_MODEL(16, Kind.TEXT, 255),
    RESPONSE_MODEL(17, Kind.TEXT, 255), PROVIDER_ID(18, Kind.TEXT, 64), DEPLOYMENT_NAME(19, Kind.TEXT, 255),
    RESPONSE_ID(20, Kind.TEXT, 255), STREAM(21, Kind.FLAG), CACHE_HIT(0, Kind.FLAG), PROMPT_TOKENS(22, Kind.NUMBER),
    COMPLETION_TOKENS(23, Kind.NUMBER), TOTAL_TOKENS(0, Kind.NUMBER), PROMPT_CACHE_HIT_TOKENS(24, Kind.NUMBER),
    PROMPT_CACHE_CREATION_TOKENS(25, Kind.NUMBER), PROMPT_CACHE_CREATION_1H_TOKENS(26, Kind.NUMBER),
    REASONING_TOKENS(27, Kind.NUMBER), AUDIO_PROMPT_TOKENS(28, Kind.NUMBER), AUDIO_COMPLETION_TOKENS(29, Kind.NUMBER),
    USAGE_SOURCE(30, Kind.TEXT, 16), COST(31, Kind.DECIMAL), PRICE(32, Kind.JSON), LATENCY(33, Kind.SECONDS),
    TIME_TO_FIRST_TOKEN(34, Kind.SECONDS), ROUTING_TIME(35, Kind.SECONDS), TOKENS_PER_SECOND(0, Kind.SECONDS),
    ATTEMPTS(36, Kind.JSON), CUSTOMER_IDENTIFIER(37, Kind.TEXT, 120), CUSTOM_IDENTIFIER(38, Kind.TEXT, 120),
    THREAD_IDENTIFIER(0, Kind.TEXT, 120), METADATA(39, Kind.JSON), PROPERTIES(40, Kind.JSON),
    OBSERVABILITY(41, Kind.JSON), USED_CUSTOM_CREDENTIAL(42, Kind.FLAG), LOG_OMITTED(43, Kind.FLAG), LOG_TYPE(44, Kind.TEXT, 32), NODE(0, Kind.TEXT, 64);

    /** How a value is held: in the record, in Java, in SQL. */
    public enum Kind {
        TEXT, JSON, NUMBER, INTEGER, FLAG,
        /** Microseconds since 1970 in the record, a timestamp in the row. */
        INSTANT,
        /** Text in the record. */
        DECIMAL,
        /** Nanoseconds in the record, seconds in the row. */
        SECONDS
    }

    /** Tags of a record's fields that are no columns. */
    static final int REQUEST = 101;
    static final int RESPONSE = 102;
    /** The response is the packed frames of a stream. */
    static final int RESPONSE_FRAMES = 103;
    static final int REQUEST_CUT = 104;
    static final int RESPONSE_CUT = 105;

    private static final Column[] BY_TAG = new Column[64];

    static {
        for (Column column : values()) {
            if (column.tag != 0) {
                BY_TAG[column.tag] = column;
            }
        }
    }

    final int tag;
    final Kind kind;
    /** Longest text in characters. */
    final int limit;

    Column(int tag, Kind kind) {
        this(tag, kind, kind == Kind.JSON ? 1_000_000 : 0);
    }

    Column(int tag, Kind kind, int limit) {
        this.tag = tag;
        this.kind = kind;
        this.limit = limit;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null for a field that is no column, or that a later version wrote. */
    static Column ofTag(int tag) {
        return tag < BY_TAG.length ? BY_TAG[tag] : null;
    }
}
