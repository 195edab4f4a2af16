package org.sluice.gateway.integration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sluice.gateway.database.Sql;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.compatible.OwnProvider;
import org.sluice.gateway.vault.SealedColumn;
import org.sluice.gateway.vault.Vault;

/** The tables {@code provider_key}, {@code custom_provider} and {@code custom_model}. */
record ConnectedTables(Vault vault) {
    private static final Logger LOG = System.getLogger(ConnectedTables.class.getName());
    private static final String KEY = "SELECT id, organization, provider, name, credentials, weight, available_models, exclude_models,"
            + " requests_per_minute, tokens_per_minute, is_enabled, created_at, updated_at FROM provider_key";
    private static final String PROVIDER = "SELECT id, organization, provider_id, provider_name, api_key, base_url, timeout, temperature, max_tokens,"
            + " created_at, updated_at FROM custom_provider";
    private static final String MODEL = "SELECT id, organization, model_name, base_model_name, display_name, provider, upstream_model,"
            + " is_called_by_custom_name, input_cost, output_cost, cache_hit_input_cost, cache_creation_input_cost, max_context_window,"
            + " streaming_support, function_call, image_support, supported_params_override, created_at, updated_at FROM custom_model";

    Connected readAll(Connection connection, long version) throws SQLException {
        return new Connected(version, byOrganization(Sql.query(connection, KEY + " ORDER BY created_at, id", this::key), ProviderKey::organization),
                byOrganization(Sql.query(connection, PROVIDER + " ORDER BY provider_id", this::provider), CustomProvider::organization),
                byOrganization(Sql.query(connection, MODEL + " ORDER BY model_name", ConnectedTables::model), CustomModel::organization));
    }

    private static <T> Map<String, List<T>> byOrganization(List<T> rows, Function<T, String> organization) {
        Map<String, List<T>> by = new HashMap<>();
        rows.forEach(row -> by.computeIfAbsent(organization.apply(row), id -> new ArrayList<>()).add(row));
        by.replaceAll((id, list) -> List.copyOf(list));
        return by;
    }

    Optional<ProviderKey> findKey(Connection connection, String organization, String id) throws SQLException {
        return Sql.query(connection, KEY + " WHERE organization = ? AND id = ? FOR UPDATE", this::key, organization, id).stream().findFirst();
    }

    Optional<CustomProvider> findProvider(Connection connection, String organization, String providerId) throws SQLException {
        return Sql.query(connection, PROVIDER + " WHERE organization = ? AND provider_id = ? FOR UPDATE", this::provider, organization, providerId).stream().findFirst();
    }

    Optional<CustomModel> findModel(Connection connection, String organization, String name) throws SQLException {
        return Sql.query(connection, MODEL + " WHERE organization = ? AND lower(model_name) = lower(?) FOR UPDATE", ConnectedTables::model, organization, name)
                .stream().findFirst();
    }

    void insert(Connection connection, ProviderKey key) throws SQLException {
        Sql.update(connection, "INSERT INTO provider_key (provider, name, credentials, weight, available_models, exclude_models, requests_per_minute,"
                + " tokens_per_minute, is_enabled, updated_at, id, organization, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                with(values(key, sealed(key)), key.createdAt()));
    }

    /** @param isSecretNew whether its fields were given again; else the sealed ones stay */
    void update(Connection connection, ProviderKey key, boolean isSecretNew) throws SQLException {
        String sealed = isSecretNew ? sealed(key) : Sql.query(connection, "SELECT credentials FROM provider_key WHERE id = ?", row -> row.getString(1), key.id()).get(0);
        Sql.update(connection, "UPDATE provider_key SET provider = ?, name = ?, credentials = ?, weight = ?, available_models = ?, exclude_models = ?,"
                + " requests_per_minute = ?, tokens_per_minute = ?, is_enabled = ?, updated_at = ? WHERE id = ? AND organization = ?", values(key, sealed));
    }

    private String sealed(ProviderKey key) {
        JsonWriter fields = new JsonWriter().beginObject();
        key.fields().forEach((name, value) -> fields.name(name).value(value));
        return vault.seal(SealedColumn.PROVIDER_KEY, key.id(), key.organization(), fields.endObject().toText());
    }

    private static Object[] values(ProviderKey key, String sealed) {
        return new Object[] {key.provider(), key.name(), sealed, key.weight(), texts(key.availableModels()), texts(key.excludedModels()),
            key.requestsPerMinute(), key.tokensPerMinute(), key.isEnabled(), key.updatedAt(), key.id(), key.organization()};
    }

    void insert(Connection connection, CustomProvider provider) throws SQLException {
        Sql.update(connection, "INSERT INTO custom_provider (provider_name, base_url, timeout, temperature, max_tokens, updated_at, id, organization,"
                + " provider_id, created_at, api_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                with(with(with(values(provider), provider.providerId()), provider.createdAt()), sealed(provider)));
    }

    /** @param isSecretNew whether its key was given again or taken away; else the sealed one stays */
    void update(Connection connection, CustomProvider provider, boolean isSecretNew) throws SQLException {
        Sql.update(connection, "UPDATE custom_provider SET provider_name = ?, base_url = ?, timeout = ?, temperature = ?, max_tokens = ?, updated_at = ?"
                + " WHERE id = ? AND organization = ?", values(provider));
        if (isSecretNew) {
            Sql.update(connection, "UPDATE custom_provider SET api_key = ? WHERE id = ?", sealed(provider), provider.id());
        }
    }

    private String sealed(CustomProvider provider) {
        return provider.apiKey() == null ? null : vault.seal(SealedColumn.CUSTOM_PROVIDER, provider.id(), provider.organization(), provider.apiKey());
    }

    private static Object[] values(CustomProvider provider) {
        Duration timeout = provider.defaults().timeout();
        return new Object[] {provider.name(), provider.baseUrl(), timeout == null ? null : timeout.toNanos() / 1e9, provider.defaults().temperature(),
            provider.defaults().maxTokens(), provider.updatedAt(), provider.id(), provider.organization()};
    }

    void insert(Connection connection, CustomModel model) throws SQLException {
        Sql.update(connection, "INSERT INTO custom_model (base_model_name, display_name, provider, upstream_model, is_called_by_custom_name, input_cost,"
                + " output_cost, cache_hit_input_cost, cache_creation_input_cost, max_context_window, streaming_support, function_call, image_support,"
                + " supported_params_override, updated_at, id, organization, model_name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                with(with(values(model), model.name()), model.createdAt()));
    }

    void update(Connection connection, CustomModel model) throws SQLException {
        Sql.update(connection, "UPDATE custom_model SET base_model_name = ?, display_name = ?, provider = ?, upstream_model = ?, is_called_by_custom_name = ?,"
                + " input_cost = ?, output_cost = ?, cache_hit_input_cost = ?, cache_creation_input_cost = ?, max_context_window = ?, streaming_support = ?,"
                + " function_call = ?, image_support = ?, supported_params_override = ?, updated_at = ? WHERE id = ? AND organization = ?", values(model));
    }

    private static Object[] values(CustomModel model) {
        return new Object[] {model.baseName(), model.displayName(), model.provider(), model.upstreamModel(), model.isCalledByCustomName(), model.inputCost(),
            model.outputCost(), model.cacheHitInputCost(), model.cacheCreationInputCost(), model.maxContextWindow(), model.isStreaming(), model.hasTools(),
            model.hasImages(), model.supportedParams(), model.updatedAt(), model.id(), model.organization()};
    }

    private static Object[] with(Object[] values, Object last) {
        Object[] all = java.util.Arrays.copyOf(values, values.length + 1);
        all[values.length] = last;
        return all;
    }

    private ProviderKey key(ResultSet row) throws SQLException {
        Map<String, String> fields = new LinkedHashMap<>();
        opened(SealedColumn.PROVIDER_KEY, row.getString(1), row.getString(2), row.getString(5)).ifPresent(json ->
                JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8)).members().forEach((name, value) -> fields.put(name, value.asText())));
        return new ProviderKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4), fields, row.getDouble(6), readTexts(row.getString(7)),
                readTexts(row.getString(8)), Sql.count(row, 9), Sql.count(row, 10), row.getBoolean(11), Sql.instant(row, 12), Sql.instant(row, 13));
    }

    private CustomProvider provider(ResultSet row) throws SQLException {
        String sealed = row.getString(5);
        String key = sealed == null ? null : opened(SealedColumn.CUSTOM_PROVIDER, row.getString(1), row.getString(2), sealed).orElse(null);
        Double timeout = Sql.number(row, 7);
        return new CustomProvider(row.getString(1), row.getString(2), row.getString(3), row.getString(4), key, sealed == null || key != null, row.getString(6),
                new OwnProvider.Defaults(timeout == null ? null : Duration.ofNanos((long) (timeout * 1e9)), Sql.number(row, 8), Sql.count(row, 9)),
                Sql.instant(row, 10), Sql.instant(row, 11));
    }

    private static CustomModel model(ResultSet row) throws SQLException {
        return new CustomModel(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6), row.getString(7),
                row.getBoolean(8), row.getBigDecimal(9), row.getBigDecimal(10), row.getBigDecimal(11), row.getBigDecimal(12), Sql.count(row, 13), Sql.flag(row, 14),
                Sql.flag(row, 15), Sql.flag(row, 16), row.getString(17), Sql.instant(row, 18), Sql.instant(row, 19));
    }

    private Optional<String> opened(SealedColumn column, String id, String organization, String sealed) {
        Optional<String> secret = vault.open(column, id, organization, sealed);
        if (secret.isEmpty()) {
            LOG.log(Level.ERROR, "The secret of row {0} in {1} does not open; it is not used. Is a key missing in GATEWAY_VAULT_PREVIOUS_KEYS?", id, column.table());
        }
        return secret;
    }

    private static String texts(List<String> list) {
        JsonWriter out = new JsonWriter().beginArray();
        list.forEach(out::value);
        return list.isEmpty() ? null : out.endArray().toText();
    }

    private static List<String> readTexts(String json) {
        return json == null ? List.of() : ((JsonValue.JsonArray) JsonReader.read(json.getBytes(StandardCharsets.UTF_8))).items().stream().map(JsonValue::asText).toList();
    }
}
