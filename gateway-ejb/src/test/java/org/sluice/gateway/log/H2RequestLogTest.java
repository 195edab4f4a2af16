package org.sluice.gateway.log;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class H2RequestLogTest extends RequestLogContract {
    static final String OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;MAX_LENGTH_INPLACE_LOB=8192;WRITE_DELAY=0";
    private JdbcConnectionPool pool;

    @Override
    DataSource realDatabase() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + temp.resolve("db").toAbsolutePath() + OPTIONS, "sa", "");
        return pool;
    }

    @AfterEach
    void closePool() {
        pool.dispose();
    }
}
