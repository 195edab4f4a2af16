package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.Call;

class H2RequestLogTest extends RequestLogContract {
    static final String OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;MAX_LENGTH_INPLACE_LOB=8192;WRITE_DELAY=0;CACHE_SIZE=8192";
    private JdbcConnectionPool pool;

    @Override
    DataSource realDatabase() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + temp.resolve("db").toAbsolutePath() + OPTIONS, "sa", "");
        return pool;
    }

    @Test
    void a_row_that_another_transaction_holds_does_not_make_the_drainer_wait_for_each_row() throws Exception {
        log.pauseDrain(true);
        try (Connection other = pool.getConnection(); PreparedStatement insert = other.prepareStatement("insert into request_log_content (log_id) values (?)")) {
            other.setAutoCommit(false);
            for (int i = 0; i < 20; i++) {
                Call call = Calls.one().call();
                insert.setObject(1, call.id());
                insert.executeUpdate();
                log.started(call, "openai/gpt-4o-mini", 12);
                log.ended(Calls.one().ended(call));
            }
            log.pauseDrain(false);
            long from = System.nanoTime();
            while (log.statistics().lastDrainError() == null && System.nanoTime() - from < 60_000_000_000L) {
                Thread.sleep(10);
            }
            assertThat(log.statistics().lastDrainError()).contains("HYT00");
            assertThat(Duration.ofNanos(System.nanoTime() - from)).as("one wait for a lock takes two seconds").isLessThan(Duration.ofSeconds(15));
            other.rollback();
        }
        flush();
        assertThat(count("request_log_content")).isEqualTo(20);
    }

    @AfterEach
    void closePool() {
        pool.dispose();
    }
}
