package org.sluice.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Something stored that is read whole into memory. Beans of this type are found by CDI. */
public interface StoredArea {
    /** Its row in {@code stored_change}. */
    String area();

    /** Replaces what is in memory by what is stored now; on a failure the old stays. Never called twice at once. */
    void read(Connection connection) throws SQLException;
}
