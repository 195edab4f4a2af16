package org.sluice.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;

class StoredChangesTest {
    /** Reads the names of organizations. */
    private record Names(String area, BlockingQueue<List<String>> read) implements StoredArea {
        Names(String area) {
            this(area, new LinkedBlockingQueue<>());
        }

        @Override
        public void read(Connection connection) throws SQLException {
            read.add(Sql.query(connection, "SELECT name FROM organization ORDER BY name", row -> row.getString(1)));
        }
    }

    private static StoredChanges changes(StoredDatabase database, StoredArea... areas) {
        StoredChanges changes = StoredChanges.of(database.database(), List.of(areas));
        changes.config = GatewayConfig.of(Map.of("GATEWAY_STORED_REFRESH", "PT0.02S"));
        return changes;
    }

    private static int insert(Connection connection) throws SQLException {
        return Sql.update(connection, "INSERT INTO organization (id, name) VALUES ('new', 'New')");
    }

    @Test
    void what_one_node_writes_the_other_reads_by_itself() throws Exception {
        StoredDatabase database = StoredDatabase.h2();
        Names here = new Names("organization");
        Names there = new Names("organization");
        Names otherArea = new Names("integration");
        StoredChanges one = changes(database, here);
        StoredChanges two = changes(database, there, otherArea);
        one.start(database.database());
        two.start(database.database());
        two.start(database.database());
        try {
            assertThat(there.read.take()).containsExactly("Acme", "Other");
            assertThat(otherArea.read.take()).hasSize(2);
            here.read.clear();
            assertThat(one.<Integer>write("organization", StoredChangesTest::insert)).isEqualTo(1);
            assertThat(here.read.poll()).as("the writer has read it when the write returns").containsExactly("Acme", "New", "Other");
            assertThat(there.read.poll(5, TimeUnit.SECONDS)).as("the other within the time that is promised").containsExactly("Acme", "New", "Other");
            assertThat(otherArea.read).as("what has not changed is not read again").isEmpty();
        } finally {
            one.stop();
            two.stop();
        }
    }

    @Test
    void an_outage_ends_nothing() throws Exception {
        StoredDatabase database = StoredDatabase.h2();
        Names names = new Names("organization");
        StoredChanges changes = changes(database, names);
        changes.start(database.database());
        try {
            names.read.take();
            database.isAway = true;
            assertThat(names.read.poll(100, TimeUnit.MILLISECONDS)).isNull();
            database.isAway = false;
            changes(database, new Names("organization")).write("organization", StoredChangesTest::insert);
            assertThat(names.read.poll(5, TimeUnit.SECONDS)).contains("New");
        } finally {
            changes.stop();
        }
    }

    @Test
    void the_promise_of_five_seconds_holds_by_default() {
        assertThat(GatewayConfig.of(Map.of()).duration(ConfigKey.STORED_REFRESH)).isLessThanOrEqualTo(Duration.ofSeconds(4));
    }
}
