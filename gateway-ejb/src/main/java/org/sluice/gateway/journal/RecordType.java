package org.sluice.gateway.journal;

/** What a record says about its call. */
public enum RecordType {
    /** The call is about to be sent to a provider. */
    START(1),
    /** The call is over. */
    END(2);

    private final byte code;

    RecordType(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** Null for a type that a later version wrote. */
    static RecordType of(byte code) {
        return code == START.code ? START : code == END.code ? END : null;
    }
}
