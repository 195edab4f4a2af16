package org.sluice.gateway.log;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** One call as a row. Read only: rows come by JDBC, see {@link LogRowStore}. Does not leave this package. */
@Entity
@Table(name = "request_log")
class RequestLog {
    @Id UUID id;
    String organization;
    String environment;
    @Column(name = "key_id") Long keyId;
    @Column(name = "key_name") String keyName;
    @Column(name = "key_prefix") String keyPrefix;
    String path;
    String dialect;
    @Column(name = "log_method") String logMethod;
    @Column(name = "log_type") String logType;
    @Column(name = "started_at") Instant startedAt;
    @Column(name = "ended_at") Instant endedAt;
    String status;
    @Column(name = "status_code") int statusCode;
    String outcome;
    @Column(name = "error_code") String errorCode;
    @Column(name = "error_message") String errorMessage;
    String warnings;
    String model;
    @Column(name = "request_model") String requestModel;
    @Column(name = "upstream_model") String upstreamModel;
    @Column(name = "response_model") String responseModel;
    @Column(name = "provider_id") String providerId;
    @Column(name = "deployment_name") String deploymentName;
    @Column(name = "response_id") String responseId;
    boolean stream;
    @Column(name = "cache_hit") boolean cacheHit;
    @Column(name = "prompt_tokens") Long promptTokens;
    @Column(name = "completion_tokens") Long completionTokens;
    @Column(name = "total_tokens") Long totalTokens;
    @Column(name = "prompt_cache_hit_tokens") Long promptCacheHitTokens;
    @Column(name = "prompt_cache_creation_tokens") Long promptCacheCreationTokens;
    @Column(name = "prompt_cache_creation_1h_tokens") Long promptCacheCreation1hTokens;
    @Column(name = "reasoning_tokens") Long reasoningTokens;
    @Column(name = "audio_prompt_tokens") Long audioPromptTokens;
    @Column(name = "audio_completion_tokens") Long audioCompletionTokens;
    @Column(name = "usage_source") String usageSource;
    BigDecimal cost;
    String price;
    Double latency;
    @Column(name = "time_to_first_token") Double timeToFirstToken;
    @Column(name = "routing_time") Double routingTime;
    @Column(name = "tokens_per_second") Double tokensPerSecond;
    String attempts;
    @Column(name = "customer_identifier") String customerIdentifier;
    @Column(name = "custom_identifier") String customIdentifier;
    @Column(name = "thread_identifier") String threadIdentifier;
    String metadata;
    String properties;
    String observability;
    @Column(name = "used_custom_credential") boolean usedCustomCredential;
    @Column(name = "log_omitted") boolean logOmitted;
    String node;

    protected RequestLog() { }
}
