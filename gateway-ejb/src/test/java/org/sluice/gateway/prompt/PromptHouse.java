package org.sluice.gateway.prompt;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.database.StoredChanges;
import org.sluice.gateway.database.StoredDatabase;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Operation;

/** One node with its prompts, and calls that use them. */
final class PromptHouse {
    static final Caller ACME = new Caller(7, "vcjRcdm8", "my key", "acme", "prod");
    static final Caller ACME_TEST = new Caller(8, "vcjRcdm9", "test key", "acme", "test");
    static final Caller OTHER = new Caller(9, "xxxxxxxx", "their key", "other", "prod");
    static final Set<String> GATEWAY = Set.of("prompt", "variables", "fallback_models", "load_balance_models", "customer_credentials", "respan_params");
    private static final long MAX_BYTES = 16 << 20;
    final StoredDatabase stored;
    final PromptLibrary library;
    final StoredChanges changes;
    final Prompts prompts;
    final PromptResolver resolver;

    private PromptHouse(StoredDatabase stored, long cacheBytes) throws SQLException {
        this.stored = stored;
        library = PromptLibrary.of(stored.database(), cacheBytes);
        changes = StoredChanges.of(stored.database(), List.of(library));
        changes.refresh();
        prompts = Prompts.of(changes, stored.database());
        resolver = PromptResolver.of(library);
    }

    static PromptHouse h2() throws SQLException {
        return new PromptHouse(StoredDatabase.h2(), MAX_BYTES);
    }

    /** Another node in front of the same database. */
    static PromptHouse on(StoredDatabase stored) throws SQLException {
        return new PromptHouse(stored, MAX_BYTES);
    }

    static PromptHouse on(StoredDatabase stored, long cacheBytes) throws SQLException {
        return new PromptHouse(stored, cacheBytes);
    }

    /** A prompt with one version, live everywhere; answers its id. */
    String live(Caller caller, String name, String settings) {
        String id = prompts.create(caller, name, "").id();
        version(caller, id, settings, true);
        return id;
    }

    PromptVersion version(Caller caller, String id, String settings, boolean isDeployed) {
        return prompts.createVersion(caller, id, "", VersionSettings.read(object(settings), null), isDeployed);
    }

    Call resolved(Caller caller, String body) {
        return resolver.resolve(call(caller, "openai", body));
    }

    /** The content of the rendered messages, or of each a JSON list of parts. */
    static String messages(Call call) {
        return call.outline().value("messages").text();
    }

    static Call call(Caller caller, String door, String body) {
        return call(caller, door, body, Routing.NONE);
    }

    static Call call(Caller caller, String door, String body, Routing routing) {
        Dialect dialect = switch (door) {
            case "openai" -> new OpenAiDialect();
            case "anthropic" -> new AnthropicDialect();
            case "gemini" -> new GeminiDialect();
            default -> new ResponsesDialect();
        };
        RequestOutline read = dialect.readOutline(body.getBytes(StandardCharsets.UTF_8));
        RequestOutline outline = door.equals("gemini") ? new RequestOutline(read.body(), "gemini-2.5-flash", false, true, read.members()) : read;
        JsonObject json = object(body);
        PromptReference reference = json.get("prompt") == null ? null : ReferenceReader.read(json.get("prompt"), json.get("variables"), GATEWAY);
        GatewayOptions options = new GatewayOptions(GatewayOptions.Observability.NONE, null, Map.of(), null, false, Map.of(), null, null, Set.of("prompt"),
                routing, RequestCredentials.NONE, reference);
        return new Call(UUID.randomUUID(), Instant.now(), System.nanoTime(), caller, dialect, "/api/chat/completions", outline, GATEWAY, options, Operation.CHAT);
    }

    static JsonObject object(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Call call, String field) {
        RawJson value = call.options().observability().fields().get(field);
        return value == null ? null : value.text();
    }
}
