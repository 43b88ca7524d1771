package org.knockon.systemtests.warroom;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.util.Map;

/** Makes threads of another JVM fail, through its debugging port. The program itself needs no code for this. */
final class ThreadKiller implements AutoCloseable {

    private final VirtualMachine target;

    /** @param port debugging port of the other JVM */
    ThreadKiller(String port) throws Exception {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(port);
        target = socket.attach(arguments);
    }

    /** Throws {@link KilledMain#FAULT} in a thread of a group, wherever it executes. */
    void kill(String group, String thread) throws Exception {
        ThreadReference victim = target.allThreads().stream()
                .filter(each -> each.name().equals(thread))
                .filter(each -> each.threadGroup().name().equals(group))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no thread named " + thread + " in " + group));
        ReferenceType holder = target.classesByName(KilledMain.class.getName()).get(0);
        victim.stop((ObjectReference) holder.getValue(holder.fieldByName("FAULT")));
    }

    /** A JVM that has ended, or ends at this moment, needs no detaching. */
    @Override
    public void close() {
        try {
            target.dispose();
        } catch (VMDisconnectedException e) {
            // The JVM has ended.
        }
    }
}
