package org.sluice.gateway.integration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.sluice.gateway.database.StoredDatabase;

class PostgresConnectedTest extends ConnectedContract {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Override
    StoredDatabase database() throws SQLException {
        StoredDatabase database = StoredDatabase.of(postgres.getPostgresDatabase());
        for (String table : new String[] {"provider_key", "custom_model", "custom_provider"}) {
            database.execute("DELETE FROM " + table);
        }
        return database;
    }
}
