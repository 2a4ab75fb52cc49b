import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { makeQueryClient } from "./api/query-client";
import { makeRouter } from "./routes/router";
import { colorSchemeManager, noCssVariables, theme } from "./theme/theme";

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

export function App() {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      cssVariablesResolver={noCssVariables}
      // Style elements would need 'unsafe-inline'; the variables come from files instead.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" limit={3} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
