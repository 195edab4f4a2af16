package org.sluice.gateway.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A column whose values are sealed, of a table that has the columns {@code id} and {@code organization}. */
public record SealedColumn(String table, String column) {
    public static final SealedColumn PROVIDER_KEY = new SealedColumn("provider_key", "credentials");
    public static final SealedColumn CUSTOM_PROVIDER = new SealedColumn("custom_provider", "api_key");
    public static final SealedColumn LOAD_BALANCE_GROUP = new SealedColumn("load_balance_group", "credentials");
    /** All there are. */
    static final List<SealedColumn> ALL = List.of(PROVIDER_KEY, CUSTOM_PROVIDER, LOAD_BALANCE_GROUP);
    private static final String LABEL = "sluice gateway vault ";

    /** What its key is derived by. */
    byte[] label() {
        return (LABEL + table + "." + column).getBytes(StandardCharsets.UTF_8);
    }

    /** What is authenticated with a value: each part with its length in front, so that none runs into the next. */
    byte[] place(String keyId, String row, String organization) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : List.of(keyId, table, column, row, organization)) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }
}
