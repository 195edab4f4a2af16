package org.sluice.gateway.route.broken;

import java.net.Socket;
import java.util.Map;
import org.sluice.gateway.apikey.ApiKey;
import org.sluice.gateway.meter.broken.BrokenCounter;
import org.sluice.gateway.provider.Deployment;

/** Breaks five rules on purpose: its name, a socket, an entity, a cycle, a deployment out of nothing. */
public class BrokenThingManager {
    public Socket socket;
    public ApiKey row;
    public BrokenCounter counter;
    public Deployment deployment = new Deployment("d", "p", "m", null, Map.of());
}
