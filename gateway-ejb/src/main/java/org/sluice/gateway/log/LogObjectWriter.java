package org.sluice.gateway.log;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes the log object of the API from a row and its content. */
final class LogObjectWriter {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    /** Recorded parameters that stand in the log object itself. */
    private static final List<String> TOLD = List.of("group_identifier", "session_identifier", "evaluation_identifier",
            "trace_unique_id", "span_unique_id", "span_parent_id", "span_name", "span_path", "span_workflow_name", "prompt_id",
            "prompt_name", "prompt_version_number", "variables", "category", "note", "positive_feedback", "customer_email", "customer_name",
            "customer_params");
    private static final List<String> PARAMETERS = List.of("tools", "tool_choice", "response_format", "temperature", "top_p",
            "max_tokens", "n", "stop", "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "parallel_tool_calls",
            "stream_options");

    private LogObjectWriter() { }

    /** @param isWhole with the request and the answer as they were sent, and everything else that is known */
    static RawJson write(RequestLog row, RequestLogContent stored, boolean isWhole) {
        StoredContent content = new StoredContent(stored);
        JsonWriter json = new JsonWriter(2_048).beginObject();
        writeIdentity(json, row);
        writeStatus(json, row);
        writeContent(json, row, content, isWhole);
        writeUsage(json, row);
        writeSpeedAndModel(json, row);
        writeTold(json, row, isWhole);
        return new RawJson(json.endObject().toText());
    }

    private static void writeIdentity(JsonWriter json, RequestLog row) {
        json.name("id").value(row.id.toString());
        json.name("unique_id").value(row.id.toString());
        json.name("response_id").value(row.responseId);
        json.name("organization").value(row.organization);
        json.name("unique_organization_id").value(row.organization);
        json.name("organization_key_id").literal(row.keyId == null ? null : row.keyId.toString());
        json.name("organization_key_name").value(row.keyName);
        json.name("organization_key__name").value(row.keyName);
        json.name("organization_key_prefix").value(row.keyPrefix);
        json.name("environment").value(row.environment);
        json.name("is_test").value("test".equals(row.environment));
        json.name("request_url_path").value(row.path);
        json.name("log_method").value(row.logMethod);
        json.name("log_type").value(row.logType);
        json.name("start_time").value(time(row.startedAt));
        json.name("timestamp").value(time(row.endedAt));
    }

    private static void writeStatus(JsonWriter json, RequestLog row) {
        boolean hasFailed = !"success".equals(row.status);
        json.name("status").value(row.status);
        json.name("status_code").value(row.statusCode);
        json.name("outcome").value(row.outcome);
        json.name("failed").value(hasFailed);
        json.name("error_bit").value(hasFailed ? 1 : 0);
        json.name("error_code").value(row.errorCode);
        json.name("error_message").value(row.errorMessage);
        json.name("warnings").literal(row.warnings == null ? "[]" : row.warnings);
        json.name("has_warnings").value(row.warnings != null);
        json.name("attempts").literal(row.attempts == null ? "[]" : row.attempts);
        json.name("is_log_omitted").value(row.logOmitted);
    }

    private static void writeContent(JsonWriter json, RequestLog row, StoredContent content, boolean isWhole) {
        RawJson messages = content.promptMessages();
        RawJson input = messages == null ? content.input() : messages;
        RawJson completion = content.completionMessage();
        json.name("input").value(input == null ? null : input.text());
        json.name("output").value(completion == null ? null : completion.text());
        json.name("prompt_messages").raw(messages);
        json.name("completion_message").raw(completion);
        json.name("tool_calls").raw(content.toolCalls());
        json.name("has_tool_calls").value(content.toolCalls() != null);
        for (String name : PARAMETERS) {
            json.name(name).raw(content.asked(name));
        }
        if (isWhole) {
            json.name("full_request").raw(content.fullRequest());
            json.name("full_response").raw(content.fullResponse());
        }
    }

    private static void writeUsage(JsonWriter json, RequestLog row) {
        number(json, "prompt_tokens", row.promptTokens);
        number(json, "completion_tokens", row.completionTokens);
        number(json, "total_tokens", row.totalTokens);
        number(json, "total_request_tokens", row.totalTokens);
        number(json, "prompt_cache_hit_tokens", row.promptCacheHitTokens);
        number(json, "prompt_cache_creation_tokens", row.promptCacheCreationTokens);
        number(json, "prompt_cache_creation_1h_tokens", row.promptCacheCreation1hTokens);
        number(json, "reasoning_tokens", row.reasoningTokens);
        number(json, "audio_prompt_tokens", row.audioPromptTokens);
        number(json, "audio_completion_tokens", row.audioCompletionTokens);
        json.name("usage_source").value(row.usageSource);
        json.name("cost").literal(row.cost == null ? null : plain(row.cost));
        json.name("price").literal(row.price);
        json.name("used_custom_credential").value(row.usedCustomCredential);
    }

    private static void writeSpeedAndModel(JsonWriter json, RequestLog row) {
        number(json, "latency", row.latency);
        number(json, "time_to_first_token", row.timeToFirstToken);
        number(json, "routing_time", row.routingTime);
        number(json, "tokens_per_second", row.tokensPerSecond);
        json.name("model").value(row.model);
        json.name("foundation_model").value(row.upstreamModel);
        json.name("request_model").value(row.requestModel);
        json.name("upstream_model").value(row.upstreamModel);
        json.name("response_model").value(row.responseModel);
        json.name("provider_id").value(row.providerId);
        json.name("deployment_name").value(row.deploymentName);
        json.name("stream").value(row.stream);
        json.name("cache_hit").value(row.cacheHit);
        json.name("cache_bit").value(row.cacheHit ? 1 : 0);
    }

    private static void writeTold(JsonWriter json, RequestLog row, boolean isWhole) {
        json.name("customer_identifier").value(row.customerIdentifier);
        json.name("custom_identifier").value(row.customIdentifier);
        json.name("thread_identifier").value(row.threadIdentifier);
        json.name("metadata").literal(row.metadata == null ? "{}" : row.metadata);
        json.name("properties").literal(row.properties);
        JsonObject told = told(row.observability);
        for (String name : TOLD) {
            JsonValue value = told == null ? null : told.get(name);
            json.name(name).raw(value == null ? null : value.raw());
        }
        json.name("scores").literal("{}");
        if (isWhole) {
            JsonValue template = told == null ? null : told.get("prompt_messages_template");
            json.name("prompt_messages_template").raw(template == null ? null : template.raw());
            json.name("recorded_params").literal(row.observability == null ? "{}" : row.observability);
            json.name("limit_info").literal("null");
        }
    }

    private static JsonObject told(String observability) {
        try {
            return observability == null ? null : JsonReader.readObject(observability.getBytes(StandardCharsets.UTF_8));
        } catch (GatewayException e) {
            return null;
        }
    }

    private static void number(JsonWriter json, String name, Number number) {
        json.name(name).literal(number == null ? null : number.toString());
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static String time(Instant instant) {
        return MICROS.format(instant);
    }
}
