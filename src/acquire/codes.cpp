// SPDX-License-Identifier: Apache-2.0
// The table of the codes P11xx.
#include <acquire/acquire.h>
#include <acquire/codes.h>

namespace postern::acquire {
namespace {

constexpr base::CodeRow k_rows[] = {
    {k_file_too_large, "file too large",
     "A file is larger than the limit and was not read. Raise the limit if the file is meant, or leave it out of the source."},
    {k_too_many_files, "too many files",
     "The source holds more files or folders than the limit. Nothing of it is judged: name a smaller folder or raise the limit."},
    {k_too_many_bytes, "too many bytes",
     "The files of the source are larger together than the limit. Nothing of it is judged: name a smaller folder or raise the "
     "limit."},
    {k_file_unreadable, "file unreadable", "The operating system refused to open or read a file. What it declares is not judged."},
    {k_link_not_followed, "symbolic link not followed",
     "Symbolic links are never followed. This one leads to a file or folder that is read under its own name."},
    {k_link_leads_outside, "symbolic link leads to a file that is not read",
     "Symbolic links are never followed, and this one has the name of an input and leads outside of the source, to nothing, or to "
     "a file that is not read, or it leads to a folder outside of the source. A tool that follows it would deploy something that "
     "was "
     "not judged: replace the link by what it means."},
    {k_lfs_pointer, "content not present (Git LFS)",
     "The file is a Git LFS pointer: its content is kept elsewhere and is never fetched. Run `git lfs pull` before the gate, or "
     "keep deployable files out of LFS."},
    {k_special_file, "special file not read", "A FIFO, socket or device has the name of an input. Special files are never opened."},
    {k_too_deep, "folders nested too deeply", "A folder lies deeper than the limit and was not entered."},
    {k_folder_unreadable, "folder unreadable", "The operating system refused to list a folder. What lies in it is not judged."},
    {k_ignore_file_unusable, ".gitignore not used",
     "A .gitignore is a symbolic link, too large or unreadable. Its patterns are not applied, so that more is read rather than "
     "less."},
    {k_ignored, "files ignored",
     "Untracked files and folders were left out because a .gitignore excludes them. Files that git tracks are always read, and so "
     "is a file or "
     "folder that is named itself, as far as the patterns do not exclude single files in it."},
    {k_submodule, "submodule not read",
     "A submodule is another repository's commit; its content is not in this repository and is not judged."},
    {k_index_unreadable, "git index unreadable",
     "The repository's index could not be read, so it is not known which files git tracks. No .gitignore is applied, so that more "
     "is read rather than less."},
    {k_object_missing, "git object missing",
     "The repository does not hold the content of a file (a partial clone, or a damaged repository). Fetch it first, for example "
     "with `git fetch --refetch`."},
    {k_name_invalid, "file name not usable",
     "A file's name is not valid UTF-8, or a name in a git tree is one that no folder can hold. The file was not read: rename it."},
};

}  // namespace

std::span<const base::CodeRow> code_rows() { return k_rows; }

}  // namespace postern::acquire
