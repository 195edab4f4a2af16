package org.sluice.gateway.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Goes with the rows of the log into the database: sums, rollups, accounts. Every bean of this type is told of every row
 * exactly once in a committed transaction; a replay of the journal tells it nothing again. One thread, the drainer's.
 */
public interface RowFollower {
    /**
     * In the transaction that inserts the rows, behind them: what is written here is there exactly when the rows are. May run
     * again for the same rows when the transaction did not commit, so it must keep nothing in memory.
     *
     * @param rows only those that were not there before; not empty
     * @throws SQLException ends the transaction; the rows are tried again
     */
    default void inserted(Connection connection, List<LogRow> rows) throws SQLException { }

    /** After the commit; not told when the process dies between the two. Must not throw, nor wait for anybody. */
    default void committed(List<LogRow> rows) { }
}
