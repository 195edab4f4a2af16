package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.SchemaMigrations;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Operation;

/** What the log promises on every database. */
abstract class RequestLogContract {
    @TempDir Path temp;
    FailingDataSource database;
    RequestLogWriter log;

    abstract DataSource realDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = new FailingDataSource(realDatabase());
        new SchemaMigrations(database).migrate();
        sql("delete from request_log");
        sql("delete from request_log_content");
        sql("delete from journal_checkpoint");
        log = newLog();
        log.start();
    }

    @AfterEach
    void close() {
        database.failingCommits = 0;
        log.stop(Duration.ofSeconds(5));
    }

    RequestLogWriter newLog() {
        return newLog(List.of());
    }

    private RequestLogWriter newLog(List<RowFollower> followers) {
        return new RequestLogWriter(LogSettings.defaults(temp), new GatewayDatabase(database), StreamAssembly.NONE, followers);
    }

    @Test
    void the_schema_comes_up_twice_without_harm() {
        new SchemaMigrations(database).migrate();
    }

    @Test
    void a_call_becomes_one_row_that_tells_everything() throws Exception {
        Call call = Calls.one().call();
        log.started(call, "openai/gpt-4o-mini", 12);
        log.ended(Calls.one().ended(call));
        flush();

        assertThat(count("request_log")).isEqualTo(1);
        JsonObject object = JsonReader.readObject(find("acme", call.id()).getBytes(StandardCharsets.UTF_8));
        assertThat(object.text("unique_id")).isEqualTo(call.id().toString());
        assertThat(object.text("status")).isEqualTo("success");
        assertThat(object.text("outcome")).isEqualTo("ok");
        assertThat(object.text("environment")).isEqualTo("prod");
        assertThat(object.text("model")).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(object.text("provider_id")).isEqualTo("openai");
        assertThat(object.text("customer_identifier")).isEqualTo("user_123");
        assertThat(object.text("custom_identifier")).isEqualTo("feature-x");
        assertThat(object.text("thread_identifier")).isEqualTo("thread-7");
        assertThat(object.number("prompt_tokens", -1)).isEqualTo(100);
        assertThat(object.number("total_tokens", -1)).isEqualTo(120);
        assertThat(object.number("prompt_cache_hit_tokens", -1)).isEqualTo(10);
        assertThat(object.get("cost").raw().text()).isEqualTo("0.000027");
        assertThat(object.object("price").raw().text()).isEqualTo("{\"input\":0.15,\"output\":0.6}");
        assertThat(object.get("latency").raw().text()).isEqualTo("0.82");
        assertThat(object.get("time_to_first_token").raw().text()).isEqualTo("0.4");
        assertThat(object.object("metadata").text("team")).isEqualTo("ml");
        assertThat(object.items("attempts")).hasSize(1);
        assertThat(object.get("prompt_messages").raw().text()).isEqualTo("[{\"role\":\"user\",\"content\":\"Hello \u20ac\"}]");
        assertThat(object.object("completion_message").text("content")).isEqualTo("Hi");
        assertThat(object.object("full_request").get("temperature").raw().text()).isEqualTo("1e0");
        assertThat(object.text("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void a_row_tells_the_type_of_its_call() throws Exception {
        List<CallRecord> records = List.of(Calls.one().ended(), Calls.one().operation(Operation.EMBEDDING).request("{\"input\":\"a b\"}").ended(),
                Calls.one().dialect("responses").ended(), Calls.one().operation(Operation.TRANSLATION).ended());
        records.forEach(log::ended);
        flush();
        List<String> types = new ArrayList<>();
        for (CallRecord record : records) {
            types.add(JsonReader.readObject(find("acme", record.call().id()).getBytes(StandardCharsets.UTF_8)).text("log_type"));
        }
        assertThat(types).containsExactly("chat", "embedding", "response", "transcription");
        JsonObject embedding = JsonReader.readObject(find("acme", records.get(1).call().id()).getBytes(StandardCharsets.UTF_8));
        assertThat(embedding.text("input")).isEqualTo("\"a b\"");
    }

    @Test
    void a_failed_call_has_its_row_too() throws Exception {
        CallRecord failed = Calls.one().outcome(Outcome.UPSTREAM_ERROR).response(null).ended();
        log.ended(failed);
        flush();
        JsonObject object = JsonReader.readObject(find("acme", failed.call().id()).getBytes(StandardCharsets.UTF_8));
        assertThat(object.text("status")).isEqualTo("error");
        assertThat(object.number("status_code", 0)).isEqualTo(502);
        assertThat(object.text("error_message")).isEqualTo("The provider said no.");
        assertThat(object.text("usage_source")).isEqualTo("none");
        assertThat(object.get("cost").isNull()).isTrue();
    }

    @Test
    void a_row_is_there_within_a_second() throws Exception {
        log.ended(Calls.one().ended());
        Instant end = Instant.now().plusSeconds(1);
        while (count("request_log") == 0 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(count("request_log")).isEqualTo(1);
    }

    @Test
    void followers_go_with_each_row_once_also_when_it_comes_again() throws Exception {
        List<UUID> inserted = Collections.synchronizedList(new ArrayList<>());
        List<UUID> committed = Collections.synchronizedList(new ArrayList<>());
        log.stop(Duration.ofSeconds(5));
        log = newLog(List.of(new RowFollower() {
            @Override
            public void inserted(Connection connection, List<LogRow> rows) {
                rows.forEach(row -> inserted.add(row.id()));
            }

            @Override
            public void committed(List<LogRow> rows) {
                rows.forEach(row -> committed.add(row.id()));
            }
        }));
        log.start();
        CallRecord first = Calls.one().ended();
        CallRecord second = Calls.one().ended();
        log.ended(first);
        flush();
        sql("delete from journal_checkpoint");
        log.ended(second);
        flush();
        assertThat(count("request_log")).isEqualTo(2);
        assertThat(committed).containsExactly(first.call().id(), second.call().id());
        assertThat(inserted).containsOnly(first.call().id(), second.call().id()).startsWith(first.call().id()).hasSizeBetween(2, 3);
    }

    @Test
    void other_tenants_rows_do_not_exist() throws Exception {
        CallRecord theirs = Calls.one().organization("other").ended();
        log.ended(theirs);
        log.ended(Calls.one().environment("test").ended());
        for (int i = 0; i < 5; i++) {
            log.ended(Calls.one().customIdentifier("n" + i).ended());
        }
        flush();
        assertThat(find("acme", theirs.call().id())).isNull();
        Instant now = Instant.now();
        LogPage page = query(new LogFilter("acme", "prod", now.minusSeconds(60), now, 2, 2));
        assertThat(page.count()).isEqualTo(5);
        assertThat(page.results()).hasSize(2);
        assertThat(page.results().get(0).text()).contains("\"custom_identifier\":\"n2\"").contains("Hello");
        assertThat(query(new LogFilter("acme", null, now.minusSeconds(60), now, 1, 100)).count()).isEqualTo(6);
    }

    @Test
    void without_logging_no_content_is_anywhere() throws Exception {
        String secret = "very-private-words";
        CallRecord record = Calls.one().logDisabled().request("{\"messages\":[\"" + secret + "\"]}").response("{\"x\":\"" + secret + "\"}").ended();
        log.ended(record);
        flush();
        assertThat(count("request_log")).isEqualTo(1);
        assertThat(count("request_log_content")).isZero();
        String object = find("acme", record.call().id());
        assertThat(object).contains("\"is_log_omitted\":true").contains("\"prompt_tokens\":100").doesNotContain(secret).doesNotContain("told content");
        assertThat(journalText()).doesNotContain(secret).doesNotContain("told content");
    }

    @Test
    void a_poison_row_is_stored_without_its_content_and_the_others_whole() throws Exception {
        sql("alter table request_log_content add constraint poison check (response_form <> 0 or log_id <> '00000000-0000-0000-0000-000000000666')");
        try {
            log.pauseDrain(true);
            for (int i = 0; i < 499; i++) {
                log.ended(Calls.one().ended());
                if (i == 250) {
                    CallRecord good = Calls.one().ended();
                    Call c = good.call();
                    log.ended(Calls.one().ended(new Call(new UUID(0, 0x666), c.receivedAt(), 0, c.caller(), c.ingress(), c.path(), c.outline(), c.gatewayMembers(), c.options(), c.operation())));
                }
            }
            log.pauseDrain(false);
            flush();
            assertThat(count("request_log")).isEqualTo(500);
            assertThat(count("request_log_content")).isEqualTo(499);
            assertThat(find("acme", new UUID(0, 0x666))).contains("\"warnings\":[\"payload_degraded\"]").contains("\"prompt_tokens\":100");
            assertThat(log.statistics().degradedRows()).isEqualTo(1);
        } finally {
            sql("alter table request_log_content drop constraint poison");
        }
    }

    @Test
    void a_row_whose_texts_are_refused_keeps_its_numbers() throws Exception {
        sql("alter table request_log add constraint poison check (custom_identifier <> 'poison')");
        try {
            CallRecord poison = Calls.one().customIdentifier("poison").ended();
            log.ended(Calls.one().ended());
            log.ended(poison);
            flush();
            assertThat(count("request_log")).isEqualTo(2);
            assertThat(find("acme", poison.call().id())).contains("\"custom_identifier\":null").contains("payload_degraded").contains("\"total_tokens\":120");
        } finally {
            sql("alter table request_log drop constraint poison");
        }
    }

    @Test
    void a_nul_and_a_text_that_is_too_long_do_not_cost_the_row() throws Exception {
        CallRecord record = Calls.one().customIdentifier("a\0b" + "x".repeat(300)).ended();
        log.ended(record);
        flush();
        assertThat(find("acme", record.call().id())).contains("a\u2400bxxx").contains("nul_replaced").doesNotContain("x".repeat(121));
        assertThat(log.statistics().degradedRows()).isZero();
    }

    @Test
    void large_content_is_compressed_and_comes_back() throws Exception {
        String text = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "words and words ".repeat(5_000) + "\"}]}";
        CallRecord record = Calls.one().request(text).ended();
        log.ended(record);
        flush();
        assertThat(number("select length(request) from request_log_content")).isLessThan(text.length() / 10);
        assertThat(find("acme", record.call().id())).contains("words and words ".repeat(5_000));
    }

    @Test
    void content_over_the_limit_is_cut_with_a_warning() throws Exception {
        CallRecord record = Calls.one().request("{\"messages\":\"" + "x".repeat(1_100_000) + "\"}").ended();
        log.ended(record);
        flush();
        assertThat(find("acme", record.call().id())).contains("request_truncated").contains("\"prompt_messages\":null");
    }

    @Test
    void frames_that_nobody_can_assemble_are_kept_as_they_are() throws Exception {
        CallRecord record = Calls.one().stream("data: {\"a\":1}\n\ndata: [DONE]\n\n").ended();
        log.ended(record);
        flush();
        assertThat(find("acme", record.call().id())).contains("\"full_response\":\"data: {\\\"a\\\":1}\\n\\ndata: [DONE]\\n\\n\"");
    }

    @Test
    void a_journal_applied_three_times_makes_no_second_row() throws Exception {
        for (int i = 0; i < 700; i++) {
            log.ended(Calls.one().ended());
        }
        flush();
        for (int i = 0; i < 3; i++) {
            log.stop(Duration.ofSeconds(5));
            sql("delete from journal_checkpoint");
            log = newLog();
            log.start();
            flush();
            assertThat(count("request_log")).isEqualTo(700);
            assertThat(count("request_log_content")).isEqualTo(700);
        }
    }

    @Test
    void a_database_set_back_in_time_is_filled_again() throws Exception {
        log.ended(Calls.one().ended());
        flush();
        List<String> old = strings("select segment || ',' || position || ',' || open_segment || ',' || open_position from journal_checkpoint");
        for (int i = 0; i < 50; i++) {
            log.ended(Calls.one().ended());
        }
        flush();
        String[] place = old.get(0).split(",");
        sql("delete from request_log");
        sql("update journal_checkpoint set segment = " + place[0] + ", position = " + place[1] + ", open_segment = " + place[2] + ", open_position = " + place[3]);
        log.ended(Calls.one().ended());
        flush();
        Instant end = Instant.now().plusSeconds(5);
        while (count("request_log") < 51 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(count("request_log")).isEqualTo(51);
    }

    @Test
    void a_commit_that_fails_before_or_after_it_happened_loses_and_doubles_nothing() throws Exception {
        database.failingCommits = 2;
        database.isCommittedFirst = false;
        for (int i = 0; i < 100; i++) {
            log.ended(Calls.one().ended());
        }
        flush();
        database.failingCommits = 2;
        database.isCommittedFirst = true;
        for (int i = 0; i < 100; i++) {
            log.ended(Calls.one().ended());
        }
        flush();
        assertThat(count("request_log")).isEqualTo(200);
        assertThat(count("request_log_content")).isEqualTo(200);
    }

    @Test
    void a_call_that_never_ended_is_logged_as_crashed_once() throws Exception {
        Call crashed = Calls.one().call();
        log.started(crashed, "openai/gpt-4o-mini", 12);
        for (int i = 0; i < 600; i++) {
            Call call = Calls.one().call();
            log.started(call, "openai/gpt-4o-mini", 12);
            log.ended(Calls.one().ended(call));
        }
        flush();
        assertThat(count("request_log")).isEqualTo(600);
        for (int i = 0; i < 2; i++) {
            log.stop(Duration.ofSeconds(5));
            log = newLog();
            log.start();
            flush();
            assertThat(count("request_log")).isEqualTo(601);
            assertThat(strings("select cast(id as varchar(40)) from request_log where outcome = 'crashed'")).containsExactly(crashed.id().toString());
        }
        JsonObject row = JsonReader.readObject(find("acme", crashed.id()).getBytes(StandardCharsets.UTF_8));
        assertThat(row.text("status")).isEqualTo("error");
        assertThat(row.items("attempts").get(0).raw().text()).contains("\"cost_uncertain\":true");
        assertThat(row.text("usage_source")).isEqualTo("estimated");
        assertThat(row.number("prompt_tokens", -1)).isEqualTo(12);
        assertThat(row.get("completion_tokens").isNull()).as("nobody knows").isTrue();
        assertThat(row.get("cost").isNull()).as("nobody knows").isTrue();
        assertThat(row.get("warnings").raw().text()).isEqualTo("[\"output_not_counted\"]");
    }

    @Test
    void rows_wait_while_the_database_is_away() throws Exception {
        database.isAway = true;
        for (int i = 0; i < 30; i++) {
            log.ended(Calls.one().ended());
        }
        assertThat(log.flush(Duration.ofMillis(300))).isFalse();
        assertThat(log.statistics().journal().backlogBytes()).isPositive();
        assertThat(log.statistics().lastDrainError()).contains("08006");
        database.isAway = false;
        flush();
        assertThat(count("request_log")).isEqualTo(30);
        assertThat(log.statistics().lastDrainError()).isNull();
    }

    @Test
    void a_backlog_is_drained_in_batches() throws Exception {
        log.pauseDrain(true);
        for (int i = 0; i < 5_000; i++) {
            log.ended(Calls.one().ended());
        }
        long from = System.nanoTime();
        log.pauseDrain(false);
        flush();
        System.out.printf("drain, %s: %.0f rows/s%n", getClass().getSimpleName(), 5_000 / ((System.nanoTime() - from) / 1e9));
        assertThat(count("request_log")).isEqualTo(5_000);
        assertThat(log.statistics().journal().backlogBytes()).isZero();
    }

    // ---- words

    void flush() {
        assertThat(log.flush(Duration.ofSeconds(20))).as("drained, else %s", log.statistics()).isTrue();
    }

    void sql(String text) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    long count(String table) throws SQLException {
        return number("select count(*) from " + table);
    }

    long number(String text) throws SQLException {
        return Long.parseLong(strings(text).get(0));
    }

    List<String> strings(String text) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(text)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private String journalText() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(temp.resolve("journal"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private String find(String organization, UUID id) {
        return asked(query -> query.find(organization, id).map(Object::toString).orElse(null));
    }

    private LogPage query(LogFilter filter) {
        return asked(query -> query.list(filter));
    }

    private <T> T asked(java.util.function.Function<RequestLogQuery, T> question) {
        Configuration configuration = new Configuration().addAnnotatedClass(RequestLog.class).addAnnotatedClass(RequestLogContent.class);
        configuration.getProperties().put("hibernate.connection.datasource", database);
        try (EntityManagerFactory factory = configuration.buildSessionFactory()) {
            RequestLogQuery query = new RequestLogQuery();
            query.entities = factory.createEntityManager();
            try {
                return question.apply(query);
            } finally {
                query.entities.close();
            }
        }
    }
}
