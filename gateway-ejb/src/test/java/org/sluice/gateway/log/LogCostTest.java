package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.journal.Journal;
import org.sluice.gateway.journal.JournalBuffer;
import org.sluice.gateway.journal.JournalSettings;

/** What a call pays for its log, in CPU of its own thread. */
class LogCostTest {
    private static final int WARM_UP = 60_000;
    private static final int CALLS = 60_000;
    @TempDir Path temp;

    @Test
    void a_call_of_two_kilobytes_costs_microseconds() {
        String words = "w".repeat(900);
        Calls calls = Calls.one().request("{\"messages\":\"" + words + "\"}").response("{\"choices\":\"" + words + "\"}");
        Call call = calls.call();
        CallRecord record = calls.ended(call);
        CallRecordWriter writer = new CallRecordWriter(1 << 20);
        try (Journal journal = Journal.open(JournalSettings.defaults(temp))) {
            long start = 0;
            long end = 0;
            for (int i = 0; i < WARM_UP + CALLS; i++) {
                long from = cpuNanos();
                JournalBuffer buffer = journal.buffer();
                writer.writeStart(buffer, call, "openai/gpt-4o-mini", 230);
                journal.append(buffer);
                long between = cpuNanos();
                buffer = journal.buffer();
                writer.writeEnd(buffer, record);
                journal.append(buffer);
                if (i >= WARM_UP) {
                    start += between - from;
                    end += cpuNanos() - between;
                }
            }
            System.out.printf("log cost: START %.1f us, END %.1f us of CPU a call; %d bytes in all%n", start / 1e3 / CALLS, end / 1e3 / CALLS,
                    journal.statistics().backlogBytes() / (WARM_UP + CALLS));
            assertThat(end / CALLS).as("ns, far beyond what it should be").isLessThan(200_000);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
