import { useSearchChange } from "../../ui/use-search-change";

/** Which charts of a page are shown as tables, as its address keeps it. */
export function useTables(shown: string[] | undefined) {
  const change = useSearchChange();
  const tables = shown ?? [];
  return (name: string) => ({
    isTable: tables.includes(name),
    onTable: (isTable: boolean) => {
      const others = tables.filter((one) => one !== name);
      void change({ table: isTable ? [...others, name] : others }, { replace: true });
    },
  });
}
