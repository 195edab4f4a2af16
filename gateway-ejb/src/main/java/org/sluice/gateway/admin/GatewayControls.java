package org.sluice.gateway.admin;

import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.upstream.HttpUpstream;

/** What the JMX bean reads and does. */
final class GatewayControls implements GatewayMXBean {
    private final GatewayState state;
    private final CallMeter meter;
    private final RequestLogWriter log;
    private final HttpUpstream upstream;

    GatewayControls(GatewayState state, CallMeter meter, RequestLogWriter log, HttpUpstream upstream) {
        this.state = state;
        this.meter = meter;
        this.log = log;
        this.upstream = upstream;
    }

    @Override
    public String getState() {
        return state.name();
    }

    @Override
    public long getCallsInFlight() {
        return meter.inFlight();
    }

    @Override
    public long getCalls() {
        return meter.calls();
    }

    @Override
    public long getErrors() {
        return meter.errors();
    }

    @Override
    public long getCancelledCalls() {
        return meter.cancelled();
    }

    @Override
    public long getUnauthenticatedRequests() {
        return meter.unauthenticated();
    }

    @Override
    public long getInputTokens() {
        return meter.inputTokens();
    }

    @Override
    public long getOutputTokens() {
        return meter.outputTokens();
    }

    @Override
    public String getCost() {
        return meter.cost().toPlainString();
    }

    @Override
    public int getUpstreamConnectionsOpen() {
        return upstream.statistics().openConnections();
    }

    @Override
    public int getUpstreamConnectionsIdle() {
        return upstream.statistics().idleConnections();
    }

    @Override
    public long getJournalBacklogBytes() {
        return log.statistics().journal().backlogBytes();
    }

    @Override
    public long getJournalBacklogAgeMillis() {
        return log.statistics().journal().backlogAgeMillis();
    }

    @Override
    public long getJournalUnsyncedMillis() {
        return log.statistics().journal().unsyncedMillis();
    }

    @Override
    public long getDegradedRows() {
        return log.statistics().degradedRows();
    }

    @Override
    public String getLastDrainError() {
        String error = log.statistics().lastDrainError();
        return error == null ? "" : error;
    }

    @Override
    public void drain() {
        if (state.isOpen()) {
            state.become(GatewayState.Phase.DRAINING);
        }
    }

    @Override
    public void resume() {
        if (state.phase() == GatewayState.Phase.DRAINING) {
            state.become(GatewayState.Phase.OPEN);
        }
    }

    @Override
    public void flush() {
        log.flush();
    }
}
