package org.sluice.gateway.prompt;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.sluice.gateway.database.StoredDatabase;

class PostgresPromptsTest extends PromptsContract {
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
        for (String table : new String[] {"prompt_deployment", "prompt_version", "prompt", "audit_entry"}) {
            database.execute("DELETE FROM " + table);
        }
        return database;
    }
}
